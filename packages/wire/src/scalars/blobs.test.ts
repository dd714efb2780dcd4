import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBase64, encodeBase64 } from "./blobs.ts";

describe("base64", () => {
  it("gives back any bytes, with or without padding", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = encodeBase64(bytes);
        expect(decodeBase64(text)).toEqual(Buffer.from(bytes));
        expect(decodeBase64(text.replaceAll("=", ""))).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it.each(["a", "a===", "YWI", "YW I=", "Y*I=", "YWJj=", "=YWI"])("reads %j only if it is base64", (text) => {
    expect(decodeBase64(text)).toEqual(text === "YWI" ? Buffer.from("ab") : undefined);
  });
});
