import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clary, run } from "../../support/clary.ts";
import { commandLine, startServer, type ServerUnderTest } from "../../support/server.ts";

describe("the command line in scripts", () => {
  let server: ServerUnderTest;
  let dataDirectory = "";

  beforeAll(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), "clary-scripting-"));
    server = await startServer({ dataDirectory, ephemeral: false });
  });
  afterAll(async () => {
    await server.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  });

  async function json(...words: string[]): Promise<unknown> {
    const { output, errors } = await clary([...words, "--data-dir", dataDirectory, "--json"]);
    expect(errors).toBe("");
    expect(output.endsWith("\n")).toBe(true);
    return JSON.parse(output);
  }

  it("answers in JSON", async () => {
    expect(await json("status")).toMatchObject({
      running: true,
      pid: server.pid,
      endpoint: server.endpoint,
      dataDirectory,
      ephemeral: false,
    });
    expect(await json("env", "--as", "root")).toMatchObject({
      AWS_ENDPOINT_URL: server.endpoint,
      AWS_CONTAINER_CREDENTIALS_FULL_URI: expect.stringContaining(server.endpoint),
    });
    const findings = (await json("doctor", "--port", "0")) as { name: string; state: string }[];
    expect(findings.map(({ name }) => name)).toEqual([
      "Node.js",
      "service models",
      "Python",
      "libxgboost",
      "sandbox",
      "container engine",
      "port",
    ]);
  });

  it("names the remedies where there is neither the library nor a way to fetch it", async () => {
    const empty = join(dataDirectory, "empty");
    const environment = { PATH: empty, XDG_CACHE_HOME: empty, CLARY_LIBXGBOOST: undefined };
    const ended = await clary(["doctor", "--fix", "--json", "--port", "0", "--data-dir", dataDirectory], {
      environment,
    });
    const findings = JSON.parse(ended.output) as { name: string; detail: string; remedy: string }[];
    expect(ended.code).toBe(1);
    expect(findings.find(({ name }) => name === "libxgboost")).toEqual({
      name: "libxgboost",
      state: "problem",
      detail: "pip could not fetch libxgboost: python3 cannot be started: spawn python3 ENOENT",
      remedy: expect.stringContaining("CLARY_LIBXGBOOST"),
    });
  });

  it("prints an environment that a shell can take over", async () => {
    const script = `
      export AWS_PROFILE=work
      eval "$("$0" "$1" env --data-dir "$2")"
      echo "\${AWS_PROFILE-none} $AWS_ENDPOINT_URL"
      "$0" --input-type=module -e "$3"`;
    const program = `
      const { AWS_CONTAINER_CREDENTIALS_FULL_URI: uri, AWS_CONTAINER_AUTHORIZATION_TOKEN: token } = process.env;
      console.log(await (await fetch(uri, { headers: { authorization: token } })).text());`;
    const ended = await run("bash", ["-c", script, process.execPath, commandLine, dataDirectory, program]);
    const [first, ...rest] = ended.output.split("\n");
    expect(first).toBe(`none ${server.endpoint}`);
    expect(Object.keys(JSON.parse(rest.join("")) as object)).toEqual(
      expect.arrayContaining(["AccessKeyId", "Expiration", "SecretAccessKey", "Token"]),
    );
  });

  it("does not mind a reader that has had enough", async () => {
    const script = `"$0" "$1" env --data-dir "$2" | true; echo "\${PIPESTATUS[0]}"`;
    const ended = await run("bash", ["-c", script, process.execPath, commandLine, dataDirectory]);
    expect(ended).toEqual({ code: 0, output: "0\n", errors: "" });
  });

  it("shows no colours where they are not wanted", async () => {
    expect((await clary(["--help"])).output).not.toContain("\u001b");
  });
});
