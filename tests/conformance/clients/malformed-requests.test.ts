import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sendRaw, type RawRequest } from "../../support/raw-request.ts";
import { startServer, type ServerUnderTest } from "../../support/server.ts";

let server: ServerUnderTest;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

function json(operation: string, body: string | Uint8Array): RawRequest {
  const headers = { "x-amz-target": `SageMaker.${operation}`, "content-type": "application/x-amz-json-1.1" };
  return { service: "sagemaker", headers, body };
}

function query(body: string): RawRequest {
  return { service: "iam", headers: { "content-type": "application/x-www-form-urlencoded" }, body };
}

function xml(method: string, path: string, body: string): RawRequest {
  return { service: "s3", method, path, headers: { "content-type": "application/xml" }, body };
}

describe("malformed JSON", () => {
  it.each<readonly [string, string | Uint8Array, string]>([
    ["cut short", '{"MaxResults":', "Could not parse the request body as JSON: Unexpected end of JSON input"],
    [
      "no UTF-8",
      Buffer.from('{"\xff":1}', "latin1"),
      "Could not parse the request body as JSON: The encoded data was not valid for encoding utf-8",
    ],
    ["a list", "[]", "Start of list found where not expected"],
    ["a string", '"x"', "Expected map or null"],
    ["text for a number", '{"MaxResults":"x"}', "STRING_VALUE can not be converted to an Integer"],
    ["a number for text", '{"NameContains":5}', "NUMBER_VALUE can not be converted to a String"],
    ["a word for a time", '{"CreationTimeAfter":"yesterday"}', "STRING_VALUE can not be converted to a Timestamp"],
    [
      "a number beyond all integers",
      '{"MaxResults":99999999999999999999}',
      "NUMBER_VALUE can not be converted to an Integer",
    ],
    ["a number beyond all numbers", '{"MaxResults":1e400}', "DECIMAL_VALUE can not be converted to an Integer"],
    ["lists in lists", "[".repeat(100_000), "The request body nests too deep"],
    ["objects in objects", `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`, "The request body nests too deep"],
  ])("%s", async (_name, body, message) => {
    const answer = await sendRaw(server, json("ListModels", body));
    expect([answer.status, answer.headers.get("x-amzn-errortype")]).toEqual([400, "SerializationException"]);
    expect(JSON.parse(answer.text)).toEqual({ __type: "SerializationException", message });
  });

  it("that names members of JavaScript's own objects changes nothing", async () => {
    const answer = await sendRaw(server, json("ListModels", '{"__proto__":{"MaxResults":1},"constructor":1}'));
    expect([answer.status, answer.text]).toEqual([200, '{"Models":[]}']);
  });

  it("is told apart from operations that AWS has and Clary has not, and from those that nobody has", async () => {
    const unbuilt = await sendRaw(server, json("CreatePipeline", "{}"));
    expect([unbuilt.status, JSON.parse(unbuilt.text)]).toEqual([
      501,
      { __type: "NotImplemented", message: "Clary does not implement CreatePipeline of SageMaker." },
    ]);
    const unknown = await sendRaw(server, json("Nope", "{}"));
    expect([unknown.status, unknown.headers.get("x-amzn-errortype")]).toEqual([400, "UnknownOperationException"]);
  });
});

describe("malformed queries", () => {
  it.each([
    ["without an action", "Version=2010-05-08", "MissingAction", "Missing Action"],
    [
      "of an unknown action",
      "Action=Nope&Version=2010-05-08",
      "InvalidAction",
      "Could not find operation Nope for version 2010-05-08",
    ],
    [
      "without a required member",
      "Action=GetRole&Version=2010-05-08",
      "ValidationError",
      "1 validation error detected: Value null at 'roleName' failed to satisfy constraint: Member must not be null",
    ],
    [
      "with text for a number",
      "Action=ListRoles&Version=2010-05-08&MaxItems=many",
      "MalformedInput",
      "STRING_VALUE can not be converted to an Integer",
    ],
    [
      "with half an escape",
      "Action=GetRole&Version=2010-05-08&RoleName=%E0%A4%A",
      "ValidationError",
      "1 validation error detected: Value '%E0%A4%A' at 'roleName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+",
    ],
  ])("%s", async (_name, body, code, message) => {
    const answer = await sendRaw(server, query(body));
    expect([answer.status, answer.headers.get("content-type")]).toEqual([400, "text/xml"]);
    expect(answer.text).toContain(`<Type>Sender</Type><Code>${code}</Code><Message>${message}</Message>`);
  });
});

describe("malformed XML", () => {
  it.each([
    ["cut short", xml("POST", "/bucket?delete=", "<Delete><Object>")],
    ["without its end", xml("PUT", "/bucket-1", "<CreateBucketConfiguration")],
    [
      "with entities",
      xml(
        "PUT",
        "/bucket-1",
        '<!DOCTYPE x [<!ENTITY a "b">]><CreateBucketConfiguration>&a;</CreateBucketConfiguration>',
      ),
    ],
    ["too deep", xml("PUT", "/bucket-1", `${"<a>".repeat(10_000)}${"</a>".repeat(10_000)}`)],
  ])("%s", async (_name, request) => {
    const answer = await sendRaw(server, request);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(
      "<Code>MalformedXML</Code><Message>The XML you provided was not well-formed or did not validate against our published schema</Message>",
    );
  });
});

describe("malformed addresses", () => {
  it("are refused in the words of the service", async () => {
    const answer = await sendRaw(server, { service: "sagemaker", path: "/endpoints/-bad-/invocations", body: "1" });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      400,
      {
        __type: "ValidationError",
        Message:
          "1 validation error detected: Value '-bad-' at 'endpointName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9](-*[a-zA-Z0-9])*",
      },
    ]);
  });
});
