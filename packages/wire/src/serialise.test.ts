import { describe, expect, it } from "vitest";
import { AwsError } from "./aws-error.ts";
import { decodeCbor } from "./cbor/decode-cbor.ts";
import type { WireResponse } from "./http.ts";
import type { Protocol } from "./model/service-model-file.ts";
import { serialiseError } from "./serialise-error.ts";
import { serialiseOutput } from "./serialise-output.ts";
import { smallModel, smallOperation } from "./testing/small-model.ts";

const output = {
  Text: 'a<&"\n',
  Count: 3,
  Ratio: Number.NaN,
  Flag: false,
  Moment: new Date("2026-11-20T12:00:00Z"),
  Bytes: Buffer.from("ab"),
  Names: ["a"],
  Labels: { k: "v" },
  Nested: undefined,
  Unknown: "never sent",
};

function write(protocol: Protocol, name: "Do" | "Forget" = "Do"): WireResponse {
  return serialiseOutput(smallOperation(protocol, name), protocol, name === "Do" ? output : {}, "id-1");
}

const json =
  '{"Text":"a<&\\"\\n","Count":3,"Ratio":"NaN","Flag":false,"Moment":1795176000,"Bytes":"YWI=","Names":["a"],"Labels":{"k":"v"}}';
const xml = (moment: string): string =>
  `<Text>a&lt;&amp;&quot;&#xA;</Text><Count>3</Count><Ratio>NaN</Ratio><Flag>false</Flag><Moment>${moment}</Moment>` +
  "<Bytes>YWI=</Bytes><Names><member>a</member></Names><Labels><entry><key>k</key><value>v</value></entry></Labels>";

describe("serialiseOutput", () => {
  it.each<[Protocol, string, string]>([
    ["awsJson1_0", "application/x-amz-json-1.0", json],
    ["awsJson1_1", "application/x-amz-json-1.1", json],
    ["restJson1", "application/json", json],
    [
      "awsQuery",
      "text/xml",
      `<DoResponse xmlns="https://small.example/"><DoResult>${xml("2026-11-20T12:00:00Z")}</DoResult><ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata></DoResponse>`,
    ],
    [
      "ec2Query",
      "text/xml;charset=UTF-8",
      `<?xml version="1.0" encoding="UTF-8"?>\n<DoResponse xmlns="https://small.example//"><requestId>id-1</requestId>${xml("2026-11-20T12:00:00.000Z")}</DoResponse>`,
    ],
    [
      "restXml",
      "application/xml",
      `<?xml version="1.0" encoding="UTF-8"?>\n<Output xmlns="https://small.example/">${xml("2026-11-20T12:00:00.000Z")}</Output>`,
    ],
  ])("%s", (protocol, contentType, body) => {
    expect(write(protocol)).toEqual({
      status: 200,
      headers: {
        "content-type": contentType,
        [protocol === "restXml" ? "x-amz-request-id" : "x-amzn-requestid"]: "id-1",
      },
      body,
    });
  });

  it("rpcv2Cbor", () => {
    const { headers, body } = write("rpcv2Cbor");
    expect(headers).toMatchObject({ "content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor" });
    expect(decodeCbor(body as Uint8Array)).toMatchObject({
      Text: output.Text,
      Count: 3,
      Ratio: Number.NaN,
      Moment: { tag: 1, value: 1_795_176_000 },
      Names: ["a"],
    });
  });

  it("answers an empty body where there is no output", () => {
    expect(write("awsJson1_1", "Forget").body).toBe("");
    expect(write("restJson1", "Forget").body).toBeUndefined();
    expect(write("awsQuery", "Forget").body).not.toContain("ForgetResult");
  });
});

const modelled = new AwsError("NoSuchThing", "There is no <thing>", { members: { Thing: "x" } });
const unmodelled = new AwsError("AccessDenied", "No", { status: 403, members: { BucketName: "b" } });

function fail(protocol: Protocol, error: AwsError, method = "GET"): WireResponse {
  return serialiseError(smallModel(protocol), protocol, error, "id-1", { method, path: "/a%20b" });
}

describe("serialiseError", () => {
  it.each<[Protocol, string]>([
    ["awsJson1_1", "application/x-amz-json-1.1"],
    ["restJson1", "application/json"],
  ])("%s", (protocol, contentType) => {
    expect(fail(protocol, modelled)).toEqual({
      status: 404,
      headers: {
        "content-type": contentType,
        "x-amzn-errortype": "NoSuchThing",
        "x-amzn-query-error": "Small.NoSuchThing;Sender",
        "x-amzn-requestid": "id-1",
      },
      body: '{"__type":"NoSuchThing","message":"There is no <thing>","Thing":"x"}',
    });
    expect(fail(protocol, unmodelled)).toMatchObject({ status: 403, body: '{"__type":"AccessDenied","message":"No"}' });
  });

  it("awsQuery, with the code and status of that protocol", () => {
    expect(fail("awsQuery", modelled)).toMatchObject({
      status: 410,
      body:
        '<ErrorResponse xmlns="https://small.example/"><Error><Type>Sender</Type><Code>Small.NoSuchThing</Code>' +
        "<Message>There is no &lt;thing&gt;</Message><Thing>x</Thing></Error><RequestId>id-1</RequestId></ErrorResponse>",
    });
    expect(fail("awsQuery", new AwsError("InternalFailure", "", { status: 500 })).body).toContain(
      "<Type>Receiver</Type>",
    );
  });

  it("ec2Query", () => {
    expect(fail("ec2Query", unmodelled)).toMatchObject({
      status: 403,
      body:
        '<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>AccessDenied</Code><Message>No</Message></Error>' +
        "</Errors><RequestID>id-1</RequestID></Response>",
    });
  });

  it("restXml, with members that no model names", () => {
    expect(fail("restXml", unmodelled)).toMatchObject({
      status: 403,
      headers: { "content-type": "application/xml", "x-amz-request-id": "id-1" },
      body:
        '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>No</Message><BucketName>b</BucketName>' +
        "<Resource>/a b</Resource><RequestId>id-1</RequestId></Error>",
    });
  });

  it("restXml has no body for HEAD, nor for 304", () => {
    expect(fail("restXml", modelled, "HEAD")).toEqual({
      status: 404,
      headers: { "x-amz-request-id": "id-1" },
      body: undefined,
    });
    expect(fail("restXml", new AwsError("NotModified", "", { status: 304 })).body).toBeUndefined();
  });

  it("sends the headers that an error carries", () => {
    const error = new AwsError("NoSuchThing", "", { headers: { "x-amz-delete-marker": "true" } });
    for (const protocol of ["restXml", "awsQuery", "ec2Query", "restJson1", "rpcv2Cbor"] as const) {
      expect(fail(protocol, error).headers).toMatchObject({ "x-amz-delete-marker": "true" });
    }
  });
});
