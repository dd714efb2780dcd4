import { buffer } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { AwsError } from "../aws-error.ts";
import type { Member, ScalarShape, StructureShape } from "../model/shape.ts";
import { decodeEvent, encodeEvent, type EventMessage } from "./event-message.ts";
import { type EventFormat, writeEventStream } from "./write-event-stream.ts";

function decodeAll(bytes: Buffer): readonly EventMessage[] {
  const messages: EventMessage[] = [];
  for (let at = 0; at < bytes.length; at += bytes.readUInt32BE(at)) {
    messages.push(decodeEvent(bytes.subarray(at, at + bytes.readUInt32BE(at))));
  }
  return messages;
}

describe("event messages", () => {
  it("keep every kind of header", () => {
    const headers = {
      text: "é",
      yes: true,
      no: false,
      small: -5,
      large: 2n ** 40n,
      moment: new Date(1_700_000_000_123),
      bytes: Buffer.from([1, 2]),
    };
    const message = decodeEvent(encodeEvent({ headers, body: Buffer.from("body") }));
    expect(message).toEqual({ headers, body: Buffer.from("body") });
  });

  it("have the published checksums", () => {
    // From the event stream tests of the AWS SDKs: an empty message, and one with the payload {'foo':'bar'}.
    expect(encodeEvent({ headers: {}, body: Buffer.alloc(0) }).toString("hex")).toBe(
      "000000100000000005c248eb7d98c8ff",
    );
    expect(encodeEvent({ headers: {}, body: Buffer.from("{'foo':'bar'}") }).toString("hex")).toBe(
      "0000001d00000000fd528c5a7b27666f6f273a27626172277dc3653936",
    );
  });

  it.each([0, 5, 9, 14, 20, 30])("do not survive another byte at %i", (at) => {
    const encoded = encodeEvent({ headers: { a: "b" }, body: Buffer.from("some body") });
    encoded[at] = (encoded[at] ?? 0) ^ 1;
    expect(() => decodeEvent(encoded)).toThrow(RangeError);
  });
});

const text: ScalarShape = { type: "string" };

function structure(name: string, members: readonly Partial<Member>[]): StructureShape {
  return {
    type: "structure",
    name,
    members: members.map((member) => ({ name: "", required: false, shape: text, ...member })),
  };
}

const events: StructureShape = {
  ...structure("Stream", [
    { name: "Part", shape: structure("Part", [{ name: "Bytes", shape: { type: "blob" }, eventPayload: true }]) },
    { name: "Note", shape: structure("Note", [{ name: "Text" }, { name: "Kind", eventHeader: true }]) },
    { name: "End", shape: structure("End", []) },
    { name: "Broken", error: true, shape: structure("Broken", [{ name: "Message" }, { name: "Why" }]) },
  ]),
  type: "union",
  eventStream: true,
};

const format: EventFormat = { contentType: "application/json", write: (_, value) => JSON.stringify(value) };

async function written(source: AsyncIterable<unknown>): Promise<readonly EventMessage[]> {
  return decodeAll(await buffer(writeEventStream(events, source, format)));
}

async function* failing(error: Error): AsyncGenerator<unknown> {
  yield { End: {} };
  throw error;
}

describe("event streams", () => {
  it("carry payloads, documents and headers", async () => {
    async function* source(): AsyncGenerator<unknown> {
      yield { Part: { Bytes: Buffer.from("ab") } };
      yield { Note: { Text: "t", Kind: "k" } };
      yield { End: {} };
    }
    const [part, note, end] = await written(source());
    expect(part).toEqual({
      headers: { ":message-type": "event", ":event-type": "Part", ":content-type": "application/octet-stream" },
      body: Buffer.from("ab"),
    });
    expect(note?.headers).toEqual({
      ":message-type": "event",
      ":event-type": "Note",
      ":content-type": "application/json",
      Kind: "k",
    });
    expect(end).toEqual({ headers: { ":message-type": "event", ":event-type": "End" }, body: Buffer.alloc(0) });
  });

  it("end with a modelled exception", async () => {
    const [, last] = await written(failing(new AwsError("Broken", "no more", { members: { Why: "x" } })));
    expect(last?.headers).toMatchObject({ ":message-type": "exception", ":exception-type": "Broken" });
    expect(JSON.parse(String(last?.body))).toEqual({ Message: "no more", Why: "x" });
  });

  it("end with an unmodelled error", async () => {
    const [, last] = await written(failing(new AwsError("Throttled", "slow down")));
    expect(last?.headers).toEqual({
      ":message-type": "error",
      ":error-code": "Throttled",
      ":error-message": "slow down",
    });
  });

  it("fail for the server when their source does", async () => {
    const body = writeEventStream(events, failing(new Error("a bug")), format);
    await expect(buffer(body)).rejects.toThrow("a bug");
  });

  it("end their source when the client goes away", async () => {
    let ended = false;
    async function* endless(): AsyncGenerator<unknown> {
      try {
        for (;;) {
          yield { End: {} };
        }
      } finally {
        ended = true;
      }
    }
    const body = writeEventStream(events, endless(), format);
    for await (const _ of body) {
      break;
    }
    expect(ended).toBe(true);
  });
});
