import { describe, expect, it } from "vitest";
import { looksLikePickle, readBoosterPickle } from "./pickle-reader.ts";
import { writeBoosterPickle } from "./pickle-writer.ts";

const HEAD = Buffer.from("\x80\x02", "latin1");
const pickle = (...parts: string[]): Buffer => Buffer.concat([HEAD, Buffer.from(parts.join(""), "latin1")]);

describe("a pickled Booster", () => {
  it("is read as it was written", () => {
    const handle = Buffer.from([0, 127, 128, 255, 10]);
    const bytes = writeBoosterPickle({ handle, feature_names: null, best_iteration: 24, best_score: 7.25, note: "é" });
    expect(looksLikePickle(bytes)).toBe(true);
    expect(readBoosterPickle(bytes)).toEqual({
      handle,
      attributes: new Map<string, string | number>([
        ["best_iteration", 24],
        ["best_score", 7.25],
        ["note", "é"],
      ]),
    });
  });

  // Each of these would run code, or make an object of another class, where Python unpickled it.
  it.each([
    ["os.system", pickle("cos\nsystem\n", "X\x02\0\0\0id", "\x85R.")],
    ["builtins.eval", pickle("cbuiltins\neval\n", "X\x01\0\0\x001", "\x85R.")],
    ["subprocess.Popen", pickle("csubprocess\nPopen\n", ")\x81}b.")],
    ["xgboost.core.DMatrix", pickle("cxgboost.core\nDMatrix\n", ")\x81}b.")],
    ["os.system", pickle("cxgboost.core\nBooster\n", ")\x81}(X\x06\0\0\0handlecos\nsystem\nX\x02\0\0\0id\x85Rub.")],
  ])("with %s in it is refused", (name, bytes) => {
    expect(() => readBoosterPickle(bytes)).toThrow(
      `the pickle asks for ${name}, which is no part of a Booster: nothing was run`,
    );
  });

  it.each([
    [pickle("i"), "the pickle holds an operation that a Booster's pickle has not (0x69)"],
    [pickle("}."), "the pickle does not hold a Booster"],
    [pickle("cxgboost.core\nBooster\n)\x81}b."), "the pickled Booster holds no model"],
    [pickle("R."), "the pickle is damaged"],
    [pickle("X\xff\xff\xff\x7f"), "the pickle is cut off"],
    [pickle("("), "the pickle is cut off"],
    [pickle("h\x05."), "the pickle is damaged"],
  ])("that is none is refused", (bytes, message) => {
    expect(() => readBoosterPickle(bytes)).toThrow(message);
  });
});
