import { describe, expect, it } from "vitest";
import { LibsvmReader, parseLibsvm } from "./libsvm-reader.ts";
import { writeLibsvm } from "./write-libsvm.ts";

describe("LIBSVM", () => {
  it("reads labels, weights, queries, comments and features", () => {
    const table = parseLibsvm(Buffer.from("1:0.5 qid:3 0:1 2:3.5 # first\n\n# none\n0 qid:4 1:1e-3\r\n"));
    expect(table).toEqual({
      features: {
        indptr: Uint32Array.of(0, 2, 3),
        indices: Uint32Array.of(0, 2, 1),
        values: Float32Array.of(1, 3.5, 0.001),
        rows: 2,
        columns: 3,
      },
      labels: Float32Array.of(1, 0),
      weights: Float32Array.of(0.5, 1),
      queryIds: Uint32Array.of(3, 4),
    });
  });

  it("takes payload rows without labels", () => {
    const { features, labels } = parseLibsvm(Buffer.from("1:0.5 3:2\n7 2:2"), { labelOptional: true });
    expect(labels).toEqual(Float32Array.of(NaN, 7));
    expect(features).toMatchObject({ rows: 2, columns: 4, values: Float32Array.of(0.5, 2, 2) });
  });

  it("gives the same table however the bytes are cut", () => {
    const bytes = Buffer.from("1 0:1 5:2.25\n0 3:4\n1 0:-1 1:7");
    for (let size = 1; size < bytes.length; size++) {
      const reader = new LibsvmReader();
      for (let start = 0; start < bytes.length; start += size) {
        reader.push(bytes.subarray(start, start + size));
      }
      reader.endFile();
      expect(reader.finish()).toEqual(parseLibsvm(bytes));
    }
  });

  it.each([
    ["1 a:3", "row 2: expected index:value, found 'a:3'"],
    ["1 2:x", "row 2: expected index:value, found 'x'"],
    ["1,2,3", "row 2: expected index:value, found '1,2,3'"],
    ["1 5", "row 2: expected index:value, found '5'"],
    ["1 99999999999:1", "row 2: expected index:value, found '99999999999:1'"],
    ["1 quid:3", "row 2: expected index:value, found 'quid:3'"],
  ])("refuses %j", (line, message) => {
    expect(() => parseLibsvm(Buffer.from(`0 1:1\n${line}\n`))).toThrow(message);
  });

  it("reads what writeLibsvm writes", () => {
    const table = parseLibsvm(Buffer.from("1:2 qid:1 0:1 2:3\n0:1 qid:2 1:0.5\n"));
    expect(parseLibsvm(Buffer.from(writeLibsvm(table)))).toEqual(table);
  });
});
