import { createHmac } from "node:crypto";
import { type AwsError, presign, signRequest, type SignedRequest } from "@clary/wire";
import { describe, expect, it } from "vitest";
import { bodyLimits } from "../body/body-limits.ts";
import type { Authentication, Identified } from "../exchange.ts";
import { openServiceModels } from "../service-models.ts";
import { authenticate } from "./authenticate.ts";
import { identifyService } from "./identify-service.ts";
import { hostReader } from "../host/host-name.ts";
import { serviceDirectory } from "../identify/service-directory.ts";
import type { Arrived } from "../exchange.ts";

const now = new Date("2026-11-20T06:00:00Z");
const account = "123456789012";
const key = { accessKeyId: "AKID", secretAccessKey: "secret" };
const caller = { type: "root", account, arn: `arn:aws:iam::${account}:root`, userId: account } as const;
const models = await openServiceModels(new URL("../../../models", import.meta.url).pathname);
const limits = bodyLimits();
const identify = identifyService({
  directory: serviceDirectory(models.index),
  readHost: hostReader(models.index),
  limits,
});
const handler = authenticate({
  models,
  limits,
  home: { account, region: "us-east-1" },
  credentials: {
    find(id) {
      return id === "AKID" || id === "INACTIVE"
        ? { secretAccessKey: key.secretAccessKey, active: id === "AKID", caller }
        : undefined;
    },
  },
});

interface Sent extends SignedRequest {
  readonly body?: Buffer;
}

async function authenticated({ body = Buffer.alloc(0), ...head }: Sent): Promise<Authentication> {
  const arrived = { head, now, requestId: "r", body: { declaredLength: body.length, collect: async () => body } };
  const identity = await identify(arrived as unknown as Arrived);
  return handler({ ...arrived, ...identity } as unknown as Identified);
}

function refusal(request: Sent): Promise<AwsError> {
  return authenticated(request).then(
    () => expect.unreachable("it was believed"),
    (error: AwsError) => error,
  );
}

function signer(changes: Partial<Parameters<typeof signRequest>[2]> = {}) {
  return { ...key, region: "eu-west-1", service: "s3", now, ...changes };
}

const object: SignedRequest = { method: "GET", path: "/b/k", query: "", headers: { host: "127.0.0.1:8080" } };
const form: SignedRequest = {
  method: "POST",
  path: "/",
  query: "",
  headers: { host: "127.0.0.1:8080", "content-type": "application/x-www-form-urlencoded" },
};
const formBody = Buffer.from("Action=GetCallerIdentity&Version=2011-06-15");

describe("version 4", () => {
  it("tells caller and region", async () => {
    const headers = signRequest(object, Buffer.alloc(0), signer());

    expect(await authenticated({ ...object, headers })).toMatchObject({ caller, region: "eu-west-1" });
  });

  it("covers the body of services that are not S3", async () => {
    const headers = signRequest(form, formBody, signer({ service: "sts" }));

    expect(await authenticated({ ...form, headers, body: formBody })).toMatchObject({ caller });
    expect(await refusal({ ...form, headers, body: Buffer.from("Action=Other") })).toMatchObject({
      code: "SignatureDoesNotMatch",
    });
  });

  it("lets the payload go unsigned for S3 alone", async () => {
    const unsigned = { hash: "UNSIGNED-PAYLOAD" };
    const sts = signRequest(form, unsigned, signer({ service: "sts" }));

    expect(await authenticated({ ...object, headers: signRequest(object, unsigned, signer()) })).toMatchObject({
      caller,
    });
    expect(await refusal({ ...form, headers: sts, body: formBody })).toMatchObject({ code: "SignatureDoesNotMatch" });
  });

  it.each([
    ["an old one", { now: new Date("2026-11-20T05:44:59Z") }, "RequestTimeTooSkewed"],
    ["one of the future", { now: new Date("2026-11-20T06:15:01Z") }, "RequestTimeTooSkewed"],
    ["an unknown key", { accessKeyId: "NOBODY" }, "InvalidAccessKeyId"],
    ["an inactive key", { accessKeyId: "INACTIVE" }, "InvalidAccessKeyId"],
    ["another secret", { secretAccessKey: "wrong" }, "SignatureDoesNotMatch"],
    ["a token that the key has not", { sessionToken: "t" }, "InvalidToken"],
  ])("refuses %s", async (_, changes, code) => {
    expect(await refusal({ ...object, headers: signRequest(object, Buffer.alloc(0), signer(changes)) })).toMatchObject({
      code,
    });
  });

  it("refuses a payload hash that means nothing, or none", async () => {
    const nonsense = signRequest(object, { hash: "NONSENSE" }, signer());
    const { "x-amz-content-sha256": _, ...without } = signRequest(object, { hash: "UNSIGNED-PAYLOAD" }, signer());

    expect(await refusal({ ...object, headers: nonsense })).toMatchObject({ code: "InvalidArgument" });
    expect(await refusal({ ...object, headers: without })).toMatchObject({
      code: "InvalidRequest",
      message: "Missing required header for this request: x-amz-content-sha256",
    });
  });

  it("is never taken for nothing when it cannot be read", async () => {
    const authorization = "AWS4-HMAC-SHA256 Credential=AKID/20261120/us-east-1/s3/aws4_request";

    expect(await refusal({ ...object, headers: { ...object.headers, authorization } })).toMatchObject({
      code: "AuthorizationHeaderMalformed",
    });
    expect(await refusal({ ...object, headers: { ...object.headers, authorization: "Bearer x" } })).toMatchObject({
      message: "The authorization header is malformed; Unsupported Authorization Type",
    });
  });

  it("must be for the service that is called", async () => {
    const target = { ...form, headers: { ...form.headers, "x-amz-target": "SageMaker.ListModels" } };
    const headers = signRequest(target, formBody, signer({ service: "sts" }));

    expect(await refusal({ ...target, headers, body: formBody })).toMatchObject({
      code: "InvalidSignatureException",
      message: "Credential should be scoped to correct service: 'sagemaker'.",
    });
  });
});

describe("presigned addresses", () => {
  it("hold for their time", async () => {
    const good = presign(object, 60, signer({ now: new Date("2026-11-20T05:59:30Z") }));
    const late = presign(object, 60, signer({ now: new Date("2026-11-20T05:58:59Z") }));
    const forever = presign(object, 604_801, signer());

    expect(await authenticated({ ...object, query: good })).toMatchObject({ caller });
    expect(await refusal({ ...object, query: late })).toMatchObject({
      code: "AccessDenied",
      message: "Request has expired",
    });
    expect(await refusal({ ...object, query: forever })).toMatchObject({ code: "AuthorizationQueryParametersError" });
  });

  /** As the S3 guide describes it, independently of the verifier. */
  function presignV2(expires: number, secret = key.secretAccessKey): string {
    const signature = createHmac("sha1", secret).update(`GET\n\n\n${expires}\n/b/k`).digest("base64");
    return `AWSAccessKeyId=AKID&Signature=${encodeURIComponent(signature)}&Expires=${expires}`;
  }

  it("of version 2 hold for their time, path-style and virtual-host", async () => {
    const expires = now.getTime() / 1000 + 60;
    const virtual = { ...object, path: "/k", headers: { host: "b.localhost:8080" } };

    expect(await authenticated({ ...object, query: presignV2(expires) })).toMatchObject({
      caller,
      region: "us-east-1",
    });
    expect(await authenticated({ ...virtual, query: presignV2(expires) })).toMatchObject({ caller });
    expect(await refusal({ ...object, query: presignV2(expires, "wrong") })).toMatchObject({
      code: "SignatureDoesNotMatch",
    });
    expect(await refusal({ ...object, query: presignV2(expires - 61) })).toMatchObject({
      message: "Request has expired",
    });
  });
});

describe("no signature", () => {
  it("is an anonymous caller to S3", async () => {
    expect(await authenticated(object)).toMatchObject({ caller: { type: "anonymous", account, arn: "" } });
  });

  it("is refused elsewhere, but for operations that bring another proof", async () => {
    const proof = Buffer.from("Action=AssumeRoleWithWebIdentity&Version=2011-06-15");

    expect(await refusal({ ...form, body: formBody })).toMatchObject({ code: "MissingAuthenticationToken" });
    expect(await authenticated({ ...form, body: proof })).toMatchObject({ caller: { type: "anonymous" } });
  });
});
