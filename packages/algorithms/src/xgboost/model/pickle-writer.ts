/** Protocol 2: every Python from 2.3 on reads it. */
const PROTOCOL = 2;

/** What a Booster's attributes may be. */
export type PickledValue = string | number | null | Buffer;

/**
 * A pickled `xgboost.core.Booster`: an object made without arguments whose state is a dictionary. `handle` is a bytearray
 * with the serialised model; Python's `__setstate__` hands it to the library.
 */
export function writeBoosterPickle(state: Readonly<Record<string, PickledValue>>): Buffer {
  const entries = Object.entries(state).flatMap(([name, value]) => [text(name), pickled(value)]);
  return Buffer.concat([
    Buffer.from([0x80, PROTOCOL]),
    global("xgboost.core", "Booster"),
    Buffer.from(")\x81}(", "latin1"), // EMPTY_TUPLE NEWOBJ EMPTY_DICT MARK
    ...entries,
    Buffer.from("ub.", "latin1"), // SETITEMS BUILD STOP
  ]);
}

function pickled(value: PickledValue): Buffer {
  if (value === null) {
    return Buffer.from("N");
  }
  if (typeof value === "string") {
    return text(value);
  }
  return typeof value === "number" ? number(value) : byteArray(value);
}

function global(module: string, name: string): Buffer {
  return Buffer.from(`c${module}\n${name}\n`, "latin1");
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, "utf8");
  return Buffer.concat([Buffer.from("X"), uint32(bytes.length), bytes]);
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(Number.isInteger(value) ? 5 : 9);
  if (Number.isInteger(value)) {
    bytes.write("J");
    bytes.writeInt32LE(value, 1);
  } else {
    bytes.write("G");
    bytes.writeDoubleBE(value, 1);
  }
  return bytes;
}

// Protocol 2 has no bytes: Python writes them as text to be encoded in Latin-1, one character per byte.
function byteArray(value: Buffer): Buffer {
  const encoded = [global("_codecs", "encode"), text(value.toString("latin1")), text("latin1")];
  return Buffer.concat([global("__builtin__", "bytearray"), ...encoded, Buffer.from("\x86R\x85R", "latin1")]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
