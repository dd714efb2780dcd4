import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clary, lastJson, run, type Ended } from "../../support/clary.ts";
import { describeWithClient, repository } from "../../support/clients.ts";
import { commandLine, startServer, type ServerUnderTest } from "../../support/server.ts";

const who = fileURLToPath(new URL("who.py", import.meta.url));

let server: ServerUnderTest;
let home = "";
beforeAll(async () => {
  server = await startServer({ ephemeral: false });
  home = await mkdtemp(join(tmpdir(), "clary-home-"));
});
afterAll(async () => {
  await server.stop();
  await rm(home, { recursive: true, force: true });
});

const rolePattern = /^arn:aws:sts::123456789012:assumed-role\/AmazonSageMaker-ExecutionRole-\d{8}T\d{6}\/SageMaker$/;

function exec(words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return clary(["exec", "--data-dir", server.dataDirectory, ...words], { environment });
}

describeWithClient("sagemaker-2", "clary exec", (python) => {
  async function identity(words: readonly string[], environment?: Readonly<Record<string, string>>) {
    return lastJson(await exec([...words, "--", python, who], environment));
  }

  it("acts as the execution role, as root or as a user", async () => {
    const { endpoint, region, accessKeyId, secretAccessKey } = server;
    const iam = new IAMClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
    await iam.send(new CreateUserCommand({ UserName: "alice" }));
    const Statement = [{ Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" }];
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    await iam.send(new PutUserPolicyCommand({ UserName: "alice", PolicyName: "list", PolicyDocument }));
    const root = "arn:aws:iam::123456789012:root";
    const alice = "arn:aws:iam::123456789012:user/alice";
    const role = expect.stringMatching(rolePattern);
    expect(await identity([])).toMatchObject({ fixed: role, plain: role });
    expect(await identity(["--as", "role"])).toMatchObject({ fixed: role, plain: role });
    expect(await identity(["--as", "root"])).toMatchObject({ fixed: root, plain: root });
    expect(await identity(["--as", "alice"])).toMatchObject({ fixed: alice, plain: alice });
    const nobody = await exec(["--as", "nobody", "--", python, who]);
    expect(nobody.code).not.toBe(0);
    expect(nobody.errors).toContain("There is no user nobody in this account; --as takes role, root or a user's name.");
  });

  it("lets nothing of a real account in", async () => {
    await mkdir(join(home, ".aws"), { recursive: true });
    await writeFile(
      join(home, ".aws/credentials"),
      "[default]\naws_access_key_id=AKIAREAL\naws_secret_access_key=real\n",
    );
    await writeFile(join(home, ".aws/config"), "[default]\nregion=eu-central-1\nendpoint_url=http://127.0.0.1:9\n");
    const real = {
      HOME: home,
      AWS_ACCESS_KEY_ID: "AKIAREALEXAMPLE00000",
      AWS_SECRET_ACCESS_KEY: "real",
      AWS_SESSION_TOKEN: "real",
      AWS_PROFILE: "real",
      AWS_ENDPOINT_URL: "http://127.0.0.1:9",
      AWS_ENDPOINT_URL_STS: "http://127.0.0.1:9",
      AWS_ENDPOINT_URL_S3: "http://127.0.0.1:9",
      AWS_USE_FIPS_ENDPOINT: "true",
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: "/absent",
      AWS_ROLE_ARN: "arn:aws:iam::000000000000:role/real",
      AWS_WEB_IDENTITY_TOKEN_FILE: "/absent",
    };
    const role = expect.stringMatching(rolePattern);
    expect(await identity([], real)).toMatchObject({ fixed: role, plain: role, buckets: [], region: "us-east-1" });
    const shell = `eval "$(${process.execPath} ${commandLine} env --data-dir ${server.dataDirectory})" && ${python} ${who}`;
    expect(lastJson(await run("/bin/sh", ["-c", shell], { environment: real }))).toMatchObject({
      fixed: role,
      plain: role,
      buckets: [],
    });
  });

  it("takes the region of the caller", async () => {
    expect(await identity([], { AWS_DEFAULT_REGION: "eu-west-1", AWS_REGION: "" })).toMatchObject({
      region: "eu-west-1",
    });
    expect(await identity(["--region", "ap-south-1"])).toMatchObject({ region: "ap-south-1" });
  });
});

describe("clary exec", () => {
  it("keeps the user's NO_PROXY, and everything that is not its own", async () => {
    const script = "console.log(JSON.stringify([process.env.NO_PROXY, process.env.no_proxy, process.env.MINE]))";
    const ended = await exec(["--", process.execPath, "-e", script], {
      NO_PROXY: "intranet.example",
      no_proxy: "intranet.example",
      MINE: "kept",
    });
    const [upper, lower, mine] = JSON.parse(ended.output) as string[];
    expect(upper?.split(",")).toEqual(expect.arrayContaining(["intranet.example", "127.0.0.1", "localhost"]));
    expect([lower, mine]).toEqual([upper, "kept"]);
  });

  it("ends as its program does", async () => {
    expect((await exec(["--", process.execPath, "-e", "process.exit(7)"])).code).toBe(7);
    expect((await exec(["--", "program-that-is-not-there"])).code).toBe(127);
  });
});

describe("a data directory", () => {
  it("has one server; the second says whose it is, and the first goes on", async () => {
    const second = await clary(["start", "--port", "0", "--data-dir", server.dataDirectory], { directory: repository });
    expect(second.code).not.toBe(0);
    expect(second.errors).toContain(server.dataDirectory);
    expect(second.errors).toMatch(new RegExp(`\\b${server.pid}\\b`));
    const status = await clary(["status", "--json", "--data-dir", server.dataDirectory]);
    expect(lastJson({ ...status, output: status.output.replaceAll("\n", " ") })).toMatchObject({ pid: server.pid });
  });

  it("may have a server of its own for each exec, and find everything again in the next", async () => {
    const directory = await mkdtemp(join(tmpdir(), "clary-exec-"));
    const inDirectory = (script: string): Promise<Ended> =>
      clary(["exec", "--data-dir", directory, "--", process.execPath, "--input-type=module", "-e", script], {
        directory: repository,
      });
    const s3 =
      'import { CreateBucketCommand, ListBucketsCommand, S3Client } from "@aws-sdk/client-s3"; const s3 = new S3Client({ forcePathStyle: true });';
    const made = await inDirectory(
      `${s3} await s3.send(new CreateBucketCommand({ Bucket: "kept" })); console.log("{}");`,
    );
    expect(lastJson(made)).toEqual({});
    const found = await inDirectory(`${s3} console.log(JSON.stringify(await s3.send(new ListBucketsCommand({}))));`);
    expect(lastJson(found)).toMatchObject({ Buckets: [{ Name: "kept" }] });
    await rm(directory, { recursive: true, force: true });
  });
});
