import { describe, expect, it } from "vitest";
import { parseJson, printJson } from "./json-node.ts";
import { parseJsonPath, select, type SliceEnd } from "./json-path.ts";

function selected(path: string, json: string, sliceEnd: SliceEnd = "inclusive"): string {
  const parsed = parseJsonPath(path);
  if (parsed === undefined) {
    throw new Error(`${path} is not a path`);
  }
  return printJson(select(parsed, parseJson(json), sliceEnd));
}

const row = "[10,11,12,13,14,15]";
const object = '{"id":7,"features":{"a":[1,2],"b c":"x"},"list":[{"n":1},{"n":2}]}';

describe("JSONPath", () => {
  it.each([
    ["$", row, row],
    ["$[0]", row, "10"],
    ["$[-1]", row, "15"],
    ["$[0,-1]", row, "[10,15]"],
    ["$[3, 1]", row, "[13,11]"],
    ["$[*]", row, row],
    ["$[1:]", row, "[11,12,13,14,15]"],
    ["$[:]", row, row],
    ["$.id", object, "7"],
    ["$['id']", object, "7"],
    ['$["features"]["b c"]', object, '"x"'],
    ["$.features.a[1]", object, "2"],
    ["$.features.a[*]", object, "[1,2]"],
    ["$['features','id']", object, '{"features":{"a":[1,2],"b c":"x"},"id":7}'],
    ["$.list[*].n", object, "[1,2]"],
    ["$.list[0:1].n", object, "[1,2]"],
    ["$.features.*", object, '[[1,2],"x"]'],
  ])("%s", (path, json, expected) => {
    expect(selected(path, json)).toBe(expected);
  });

  it.each([
    ["$[1:4]", "[11,12,13,14]", "[11,12,13]"],
    ["$[:5]", "[10,11,12,13,14,15]", "[10,11,12,13,14]"],
    ["$[-3:-2]", "[13,14]", "[13]"],
    ["$[4:9]", "[14,15]", "[14,15]"],
    ["$[4:-9]", "[]", "[]"],
  ])("%s includes its end as AWS documents it, or excludes it", (path, inclusive, exclusive) => {
    expect(selected(path, row)).toBe(inclusive);
    expect(selected(path, row, "exclusive")).toBe(exclusive);
  });

  it.each(["", "a", "$.", "$..a", "$[", "$[]", "$[a]", "$['a]", "$[1:2:3]", "$[?(@.a)]", "$.a b", "$[1,'a']", "$x"])(
    "does not take %j",
    (text) => {
      expect(parseJsonPath(text)).toBeUndefined();
    },
  );

  it("says what it does not find", () => {
    expect(() => selected("$[6]", row)).toThrow("the path $[6] is out of range: there are 6 elements");
    expect(() => selected("$[0,-7]", row)).toThrow("the path $[0,-7] is out of range: there are 6 elements");
    expect(() => selected("$.none", object)).toThrow("the path $.none finds no 'none'");
    expect(() => selected("$.id[0]", object)).toThrow(
      "the path $.id[0] selects elements of something that is not a list",
    );
  });
});

describe("JSON that is carried through", () => {
  it("keeps the text of numbers and strings, and the order of names", () => {
    const text = '{"2":12345678901234567890,"1":1.0,"__proto__":"\\u00e9\\n","n":[NaN,-1e-7,true,null,{},[]]}';
    expect(printJson(parseJson(text))).toBe(text);
    expect(printJson(parseJson(' { "a" : [ 1 , 2 ] } '))).toBe('{"a":[1,2]}');
  });

  it.each(["", "{", "[1,]", "[1}", '{"a"}', "{a:1}", "01", '"a', "1 2", "tru", '{"a\n":1}'])("refuses %j", (text) => {
    expect(() => parseJson(text)).toThrow("not JSON: unexpected text at character");
  });

  it("does not follow endless nesting", () => {
    expect(() => parseJson("[".repeat(100_000))).toThrow("JSON is nested more than 200 levels deep");
  });
});
