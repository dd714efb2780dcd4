import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { DescribeTrainingJobCommand, ListModelsCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failureOf } from "../../support/failure-of.ts";
import { startServer, type ServerUnderTest } from "../../support/server.ts";

let server: ServerUnderTest;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

function options(credentials: Credentials = server) {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const given = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  return { endpoint: server.endpoint, region: server.region, credentials: given, maxAttempts: 1 };
}

function identify(credentials?: Credentials, skew = 0) {
  const client = new STSClient({ ...options(credentials), systemClockOffset: skew });
  return client.send(new GetCallerIdentityCommand({}));
}

async function newUser(name: string, policy?: object): Promise<Credentials> {
  const iam = new IAMClient(options());
  await iam.send(new CreateUserCommand({ UserName: name }));
  if (policy !== undefined) {
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: policy });
    await iam.send(new PutUserPolicyCommand({ UserName: name, PolicyName: "own", PolicyDocument }));
  }
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
  return { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
}

describe("GetCallerIdentity", () => {
  it("names root, a user, and root's session", async () => {
    const Account = server.accountId;
    expect(await identify()).toMatchObject({ Account, UserId: Account, Arn: `arn:aws:iam::${Account}:root` });
    const user = await newUser("somebody");
    expect(await identify(user)).toMatchObject({
      Account,
      UserId: expect.stringMatching(/^AIDA[A-Z0-9]{17}$/),
      Arn: `arn:aws:iam::${Account}:user/somebody`,
    });
    const { Credentials: session } = await new STSClient(options()).send(new GetSessionTokenCommand({}));
    const keys = { accessKeyId: session?.AccessKeyId ?? "", secretAccessKey: session?.SecretAccessKey ?? "" };
    expect(keys.accessKeyId).toMatch(/^ASIA/);
    expect(await identify({ ...keys, sessionToken: session?.SessionToken ?? "" })).toMatchObject({
      Arn: `arn:aws:iam::${Account}:root`,
    });
    expect(await failureOf(identify({ ...keys, sessionToken: "forged" }))).toMatchObject({
      code: "InvalidClientTokenId",
      status: 403,
      message: "The security token included in the request is invalid.",
    });
  });
});

describe("a request that is not to be trusted", () => {
  const wrongSecret = () => ({ accessKeyId: server.accessKeyId, secretAccessKey: "wrong" });
  const unknownKey = { accessKeyId: "AKIAUNKNOWNEXAMPLE00", secretAccessKey: "unknown" };

  it("is refused in the words of the query protocol", async () => {
    expect(await failureOf(identify(wrongSecret()))).toMatchObject({
      code: "SignatureDoesNotMatch",
      status: 403,
      message: expect.stringMatching(
        /^The request signature we calculated does not match the signature you provided\. Check your AWS Secret Access Key and signing method\. Consult the service documentation for details\./,
      ),
    });
    expect(await failureOf(identify(unknownKey))).toMatchObject({
      code: "InvalidClientTokenId",
      status: 403,
      message: "The security token included in the request is invalid.",
    });
  });

  it("is refused in the words of the JSON protocols", async () => {
    const list = (credentials: Credentials): Promise<unknown> =>
      new SageMakerClient(options(credentials)).send(new ListModelsCommand({}));
    expect(await failureOf(list(wrongSecret()))).toMatchObject({
      code: "InvalidSignatureException",
      status: 403,
      message: expect.stringMatching(
        /^The request signature we calculated does not match the signature you provided\. /,
      ),
    });
    expect(await failureOf(list(unknownKey))).toMatchObject({
      code: "UnrecognizedClientException",
      status: 403,
      message: "The security token included in the request is invalid.",
    });
  });

  it("is refused in the words of S3", async () => {
    const list = (credentials: Credentials): Promise<unknown> =>
      new S3Client({ ...options(credentials), forcePathStyle: true }).send(new ListBucketsCommand({}));
    expect(await failureOf(list(wrongSecret()))).toMatchObject({
      code: "SignatureDoesNotMatch",
      status: 403,
      message:
        "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    });
    expect(await failureOf(list(unknownKey))).toMatchObject({
      code: "InvalidAccessKeyId",
      status: 403,
      message: "The AWS Access Key Id you provided does not exist in our records.",
    });
  });

  it("was signed at another time", async () => {
    const hour = 3_600_000;
    const late = await failureOf(identify(undefined, -hour));
    expect(late).toMatchObject({ code: "SignatureDoesNotMatch", status: 403 });
    expect(late["message"]).toMatch(
      /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - \d+ min\.\)$/,
    );
    const early = await failureOf(identify(undefined, hour));
    expect(early["message"]).toMatch(
      /^Signature not yet current: \d{8}T\d{6}Z is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ \d+ min\.\)$/,
    );
  });
});

describe("a request that its caller may not make", () => {
  it("is denied where nothing allows it, and where something denies it", async () => {
    const user = await newUser("denied", [
      { Effect: "Allow", Action: "sagemaker:List*", Resource: "*" },
      { Effect: "Deny", Action: "sagemaker:ListModels", Resource: "*" },
    ]);
    const sagemaker = new SageMakerClient(options(user));
    const arn = `arn:aws:iam::${server.accountId}:user/denied`;
    expect(await failureOf(sagemaker.send(new ListModelsCommand({})))).toMatchObject({
      code: "AccessDeniedException",
      status: 403,
      message: `User: ${arn} is not authorized to perform: sagemaker:ListModels on resource: * with an explicit deny in an identity-based policy`,
    });
    const s3 = new S3Client({ ...options(user), forcePathStyle: true });
    expect(await failureOf(s3.send(new ListBucketsCommand({})))).toMatchObject({
      code: "AccessDenied",
      status: 403,
      message: `User: ${arn} is not authorized to perform: s3:ListAllMyBuckets on resource: "arn:aws:s3:::*" because no identity-based policy allows the s3:ListAllMyBuckets action`,
    });
  });

  it("is denied before it is told whether the resource exists", async () => {
    const user = await newUser("curious", [{ Effect: "Allow", Action: "s3:*", Resource: "*" }]);
    const describe = new DescribeTrainingJobCommand({ TrainingJobName: "not-there" });
    const denied = { code: "AccessDeniedException", status: 403 };
    expect(await failureOf(new SageMakerClient(options(user)).send(describe))).toMatchObject(denied);
    expect(await failureOf(new SageMakerClient(options(server)).send(describe))).toMatchObject({
      code: "ValidationException",
      message: "Requested resource not found.",
    });
  });
});
