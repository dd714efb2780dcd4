import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { WireRequest } from "./http.ts";
import type { Protocol } from "./model/service-model-file.ts";
import { parseInput } from "./parse-input.ts";
import { smallOperation } from "./testing/small-model.ts";

function parse(
  protocol: Protocol,
  body: string | Uint8Array,
  more: Partial<WireRequest> = {},
): Record<string, unknown> {
  const request = { method: "POST", path: "/do", query: "", headers: {}, body: Buffer.from(body), ...more };
  return parseInput(smallOperation(protocol), protocol, request);
}

describe.each(["awsJson1_0", "awsJson1_1", "restJson1"] as const)("%s", (protocol) => {
  it("reads every kind of member and drops what it does not know", () => {
    const body = {
      Text: "é",
      Count: 3,
      Ratio: "NaN",
      Flag: false,
      Moment: 1.5,
      Bytes: "YWI=",
      Names: ["a", null, "b"],
      Labels: { a: "b", gone: null },
      Nested: { Name: "n", Inner: [{ Name: "i" }] },
      Document: { any: [1] },
      Choice: null,
      Unknown: { deep: [] },
    };
    expect(parse(protocol, JSON.stringify(body))).toEqual({
      Text: "é",
      Count: 3,
      Ratio: Number.NaN,
      Flag: false,
      Moment: new Date(1500),
      Bytes: Buffer.from("ab"),
      Names: ["a", "b"],
      Labels: { a: "b" },
      Nested: { Name: "n", Inner: [{ Name: "i" }] },
      Document: { any: [1] },
    });
  });

  it("reads an empty body as no members", () => {
    expect(parse(protocol, "")).toEqual({});
    expect(parse(protocol, "null")).toEqual({});
  });

  it("reads a compressed body, within bounds", () => {
    const headers = { "content-encoding": "gzip" };
    expect(parse(protocol, gzipSync('{"Count":3}'), { headers })).toEqual({ Count: 3 });
    for (const body of ["not gzip", gzipSync(Buffer.alloc(17 * 1024 * 1024))]) {
      expect(() => parse(protocol, body, { headers })).toThrow(
        expect.objectContaining({ code: "SerializationException" }),
      );
    }
  });

  it.each([
    ['{"Text":1}', "NUMBER_VALUE can not be converted to a String"],
    ['{"Text":1.5}', "DECIMAL_VALUE can not be converted to a String"],
    ['{"Text":true}', "TRUE_VALUE can not be converted to a String"],
    ['{"Text":[]}', "Start of list found where not expected"],
    ['{"Text":{}}', "Start of structure or map found where not expected."],
    ['{"Count":"1"}', "STRING_VALUE can not be converted to an Integer"],
    ['{"Count":1.5}', "DECIMAL_VALUE can not be converted to an Integer"],
    ['{"Count":1e400}', "DECIMAL_VALUE can not be converted to an Integer"],
    ['{"Count":1e308}', "NUMBER_VALUE can not be converted to an Integer"],
    ['{"Ratio":1e400}', "DECIMAL_VALUE can not be converted to a Double"],
    ['{"Flag":"true"}', "STRING_VALUE can not be converted to a Boolean"],
    ['{"Moment":1e300}', "NUMBER_VALUE can not be converted to a Timestamp"],
    ['{"Moment":"soon"}', "STRING_VALUE can not be converted to a Timestamp"],
    ['{"Bytes":"a*c="}', "Only base-64-encoded strings are convertible to bytes"],
    ['{"Names":"a"}', "Expected list or null"],
    ['{"Names":{}}', "Start of structure or map found where not expected."],
    ['{"Labels":[]}', "Start of list found where not expected"],
    ['{"Nested":"a"}', "Expected map or null"],
    ["[]", "Start of list found where not expected"],
    ['"a"', "Expected map or null"],
    [`{"Document":${"[".repeat(200)}${"]".repeat(200)}}`, "The request body nests too deep"],
  ])("refuses %s", (body, message) => {
    expect(() => parse(protocol, body)).toThrow(expect.objectContaining({ code: "SerializationException", message }));
  });

  it.each(["{", '{"Text":"a"', "{]}", "{'Text':1}"])("refuses malformed %s", (body) => {
    const message: unknown = expect.stringMatching(/^Could not parse the request body as JSON: ./);
    expect(() => parse(protocol, body)).toThrow(expect.objectContaining({ code: "SerializationException", message }));
  });

  it("refuses text that is not UTF-8", () => {
    expect(() => parse(protocol, Buffer.from('{"Text":"\u00ff"}', "latin1"))).toThrow(
      expect.objectContaining({ code: "SerializationException" }),
    );
  });

  it("keeps keys that mean something to JavaScript apart", () => {
    const input = parse(protocol, '{"Labels":{"__proto__":"x","constructor":"y"},"__proto__":{"Text":"z"}}');
    expect(Object.getPrototypeOf(input["Labels"])).toBe(Object.prototype);
    expect(Object.entries(input["Labels"] as object)).toEqual([
      ["__proto__", "x"],
      ["constructor", "y"],
    ]);
    expect(input["Text"]).toBeUndefined();
  });
});

describe("awsQuery", () => {
  it("reads lists, maps and structures by their numbers, in any order", () => {
    const body =
      "Action=Do&Text=a+b%26&Count=3&Ratio=-Infinity&Flag=TRUE&Moment=2026-11-20T12:00:00Z&Bytes=YWI%3D" +
      "&Names.member.10=z&Names.member.2=b&Names.member.1=a&Labels.entry.1.key=k&Labels.entry.1.value=v" +
      "&Nested.Name=n&Nested.Inner.member.1.Name=i";
    expect(parse("awsQuery", body)).toEqual({
      Text: "a b&",
      Count: 3,
      Ratio: Number.NEGATIVE_INFINITY,
      Flag: true,
      Moment: new Date("2026-11-20T12:00:00Z"),
      Bytes: Buffer.from("ab"),
      Names: ["a", "b", "z"],
      Labels: { k: "v" },
      Nested: { Name: "n", Inner: [{ Name: "i" }] },
    });
  });

  it("reads the query string of a GET, and an empty list", () => {
    expect(
      parse("awsQuery", "", { query: "Action=Do&Names=&Labels.entry.1.key=__proto__&Labels.entry.1.value=v" }),
    ).toEqual({
      Names: [],
      Labels: JSON.parse('{"__proto__":"v"}') as unknown,
    });
  });

  it.each([
    ["Count=many", "MalformedInput", "STRING_VALUE can not be converted to an Integer"],
    ["Moment=soon", "MalformedInput", "timestamp must follow ISO8601"],
    [`${"A.".repeat(100)}=1`, "MalformedQueryString", "The query string contains a parameter that nests too deep"],
  ])("refuses %s", (body, code, message) => {
    expect(() => parse("awsQuery", body)).toThrow(expect.objectContaining({ code, message }));
  });
});

describe("ec2Query", () => {
  it("numbers lists directly", () => {
    expect(parse("ec2Query", "Names.1=a&Names.2=b&Nested.Name=n")).toEqual({
      Names: ["a", "b"],
      Nested: { Name: "n" },
    });
  });

  it("refuses a value of the wrong type in EC2's words", () => {
    expect(() => parse("ec2Query", "Count=many")).toThrow(
      expect.objectContaining({ code: "InvalidParameterValue", message: "Invalid value 'many' for Count" }),
    );
  });
});

describe("restXml", () => {
  it("reads elements under any root, whatever their namespace", () => {
    const body = `<?xml version="1.0"?><!-- note --><x:Any xmlns:x="urn:x"><x:Text>a&lt;&#x1F600;</x:Text><Names><member>a</member>
      <member><![CDATA[<b>]]></member></Names><Labels><entry><key>k</key><value>v</value></entry></Labels>
      <Nested><Name>n</Name></Nested><Moment>2026-11-20T12:00:00.000Z</Moment><Unknown><deep/></Unknown></x:Any>`;
    expect(parse("restXml", body)).toEqual({
      Text: "a<😀",
      Names: ["a", "<b>"],
      Labels: { k: "v" },
      Nested: { Name: "n" },
      Moment: new Date("2026-11-20T12:00:00Z"),
    });
  });

  it.each([
    ["unbalanced tags", "<A><Text>a</A>"],
    ["no root", "   "],
    ["two roots", "<A/><B/>"],
    ["a document type", '<!DOCTYPE a [<!ENTITY e "x">]><A><Text>&e;</Text></A>'],
    ["an unknown entity", "<A><Text>&nbsp;</Text></A>"],
    ["a number that is none", "<A><Count>many</Count></A>"],
    ["a scalar twice", "<A><Text>a</Text><Text>b</Text></A>"],
    ["a required member missing", "<A><Nested/></A>"],
    ["deep nesting", `${"<A>".repeat(100)}${"</A>".repeat(100)}`],
    ["text beside the root", "<A/>text"],
    ["a tag that does not end", "<A><Text"],
    ["bytes that are not UTF-8", Buffer.from([0x3c, 0x41, 0x3e, 0xff, 0x3c, 0x2f, 0x41, 0x3e])],
  ])("refuses %s", (_, body) => {
    expect(() => parse("restXml", body)).toThrow(
      expect.objectContaining({
        code: "MalformedXML",
        message: "The XML you provided was not well-formed or did not validate against our published schema",
      }),
    );
  });
});

describe("rpcv2Cbor", () => {
  const cbor = (hex: string): Buffer => Buffer.from(hex.replaceAll(" ", ""), "hex");

  it("reads maps of either length, times, half floats and byte strings", () => {
    // {_ "Text": "a", "Moment": 1(1.5), "Ratio": 1.5_1, "Bytes": h'6162', "Count": 3, "Names": [_ "a"]}
    const body = cbor(
      "bf 6454657874 6161 664d6f6d656e74 c1fb3ff8000000000000 65526174696f f93e00 654279746573 426162" +
        " 65436f756e74 03 654e616d6573 9f6161ff ff",
    );
    expect(parse("rpcv2Cbor", body)).toEqual({
      Text: "a",
      Moment: new Date(1500),
      Ratio: 1.5,
      Bytes: Buffer.from("ab"),
      Count: 3,
      Names: ["a"],
    });
  });

  it.each([
    ["a number for text", "a1 6454657874 01", "NUMBER_VALUE can not be converted to a String"],
    ["text for bytes", "a1 654279746573 6161", "STRING_VALUE can not be converted to a Blob"],
    [
      "a length beyond the input",
      "9b7fffffffffffffff",
      "Could not parse the request body as CBOR: a length reaches beyond the input",
    ],
    ["an early end", "a1 6454", "Could not parse the request body as CBOR: a length reaches beyond the input"],
    ["something after the item", "a000", "Could not parse the request body as CBOR: the input is not one data item"],
    ["deep nesting", "81".repeat(200), "Could not parse the request body as CBOR: the input nests too deep"],
    ["a key that is no text", "a10101", "Could not parse the request body as CBOR: a key is not text"],
    ["text that is not UTF-8", "61ff", "Could not parse the request body as CBOR: text is not UTF-8"],
    ["a break alone", "ff", "Could not parse the request body as CBOR: the input is not one data item"],
  ])("refuses %s", (_, hex, message) => {
    expect(() => parse("rpcv2Cbor", cbor(hex))).toThrow(
      expect.objectContaining({ code: "SerializationException", message }),
    );
  });
});
