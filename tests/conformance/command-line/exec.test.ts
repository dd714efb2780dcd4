import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clary, type Ended } from "../../support/clary.ts";
import { startServer, type ServerUnderTest } from "../../support/server.ts";

describe("clary exec", () => {
  let server: ServerUnderTest;
  let dataDirectory = "";

  beforeAll(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), "clary-exec-"));
    server = await startServer({ dataDirectory, ephemeral: false });
  });
  afterAll(async () => {
    await server.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  });

  function exec(...words: string[]): Promise<Ended> {
    return clary(["exec", "--data-dir", dataDirectory, ...words]);
  }

  it.each([
    ["its own exit code", "exit 7", 7],
    ["128 and the number of the signal that ended it", "kill -TERM $$", 143],
  ])("ends as its program: %s", async (_, script, code) => {
    expect(await exec("--", "sh", "-c", script)).toMatchObject({ code, errors: "" });
  });

  it("says as a shell does that a program cannot be run", async () => {
    expect(await exec("--", "no-such-program")).toEqual({
      code: 127,
      output: "",
      errors: "clary: no-such-program: command not found\n",
    });
    const file = join(dataDirectory, "not-executable");
    await writeFile(file, "");
    await chmod(file, 0o644);
    expect(await exec(file)).toEqual({ code: 126, output: "", errors: `clary: ${file}: permission denied\n` });
  });

  it("leaves nothing of another account in the program's environment", async () => {
    const environment = { AWS_PROFILE: "work", AWS_ACCESS_KEY_ID: "AKIAREAL", AWS_SECRET_ACCESS_KEY: "x" };
    const script =
      'echo "${AWS_PROFILE-none} ${AWS_ACCESS_KEY_ID-none} ${AWS_SECRET_ACCESS_KEY-none} $AWS_ENDPOINT_URL"';
    const words = ["exec", "--data-dir", dataDirectory, "--", "sh", "-c", script];
    expect((await clary(words, { environment })).output).toBe(`none none none ${server.endpoint}\n`);
  });

  it("gives the region that the program's environment names, or the one it is told", async () => {
    const words = ["exec", "--data-dir", dataDirectory];
    const program = ["--", "sh", "-c", 'echo "$AWS_REGION $AWS_DEFAULT_REGION"'];
    const environment = { AWS_REGION: undefined, AWS_DEFAULT_REGION: "eu-central-1" };
    expect((await clary([...words, ...program], { environment })).output).toBe("eu-central-1 eu-central-1\n");
    expect((await clary([...words, "--region", "us-west-2", ...program], { environment })).output).toBe(
      "us-west-2 us-west-2\n",
    );
  });

  it("knows nobody whom the account does not know", async () => {
    expect(await exec("--as", "nobody", "--", "true")).toMatchObject({
      code: 1,
      errors: "clary: There is no user nobody in this account; --as takes role, root or a user's name.\n",
    });
  });

  it("starts a server where none runs, and stops it again", async () => {
    const own = join(dataDirectory, "own");
    const program = 'console.log((await fetch(process.env.AWS_ENDPOINT_URL + "/_clary/health")).status)';
    const words = ["exec", "--data-dir", own, "--", process.execPath, "--input-type=module", "-e", program];
    expect(await clary(words)).toEqual({ code: 0, output: "200\n", errors: "" });
    expect((await clary(["status", "--data-dir", own, "--port", "0"])).code).toBe(3);
  });
});
