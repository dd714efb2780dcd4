import { ModelFormatError } from "./booster-model.ts";

/** State of a pickled Booster: its serialised model, and its plain attributes. */
export interface PickledBooster {
  readonly handle: Uint8Array;
  readonly attributes: ReadonlyMap<string, string | number>;
}

/** What the machine's stack holds. Objects of Python are only ever names and data here. */
type Value =
  | string
  | number
  | boolean
  | null
  | Uint8Array
  | { readonly kind: "global"; readonly name: string }
  | { readonly kind: "tuple"; readonly items: readonly Value[] }
  | { readonly kind: "list"; readonly items: Value[] }
  | { readonly kind: "dict"; readonly entries: Map<string, Value> }
  | { readonly kind: "booster"; state?: Value }
  | { readonly kind: "opaque" }
  | { readonly kind: "mark" };

const BOOSTERS = ["xgboost.core.Booster"];
const BYTE_ARRAYS = ["builtins.bytearray", "__builtin__.bytearray"];
/** Numbers of NumPy, as in `best_score`: understood as there, their bytes left alone. */
const OPAQUE = ["numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar", "numpy.dtype"];
const ENCODE = "_codecs.encode";
const MAX_STACK = 10_000;

/** Whether the bytes begin as a pickle of protocol 2 or later does. */
export function looksLikePickle(bytes: Uint8Array): boolean {
  return bytes[0] === 0x80 && (bytes[1] ?? 0) >= 2 && (bytes[1] ?? 99) <= 5;
}

/**
 * Reads a pickled Booster of protocols 2 to 5. It is a reader, not an unpickler: it knows the few names that a Booster's
 * pickle holds, calls nothing, and refuses everything else. Throws ModelFormatError.
 */
export function readBoosterPickle(bytes: Uint8Array): PickledBooster {
  const machine = new PickleMachine(bytes);
  const booster = machine.run();
  if (typeof booster !== "object" || booster === null || !("kind" in booster) || booster.kind !== "booster") {
    throw new ModelFormatError("the pickle does not hold a Booster");
  }
  const { state } = booster;
  if (typeof state !== "object" || state === null || !("kind" in state) || state.kind !== "dict") {
    throw new ModelFormatError("the pickled Booster has no state");
  }
  const handle = state.entries.get("handle");
  if (!(handle instanceof Uint8Array)) {
    throw new ModelFormatError("the pickled Booster holds no model");
  }
  const plain = [...state.entries].flatMap(([name, value]) =>
    typeof value === "string" || typeof value === "number" ? [[name, value] as const] : [],
  );
  return { handle, attributes: new Map(plain) };
}

class PickleMachine {
  readonly #bytes: Buffer;
  readonly #stack: Value[] = [];
  readonly #memo = new Map<number, Value>();
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Runs to STOP and gives what is on top. */
  run(): Value {
    try {
      for (;;) {
        const opcode = String.fromCharCode(this.#bytes.readUInt8(this.#position++));
        if (opcode === ".") {
          return this.#pop();
        }
        this.#step(opcode);
        if (this.#stack.length > MAX_STACK) {
          throw new ModelFormatError("the pickle is too deep");
        }
      }
    } catch (error) {
      throw error instanceof RangeError ? new ModelFormatError("the pickle is cut off") : error;
    }
  }

  #step(opcode: string): void {
    const operation = this.#operations[opcode];
    if (operation === undefined) {
      const code = opcode.charCodeAt(0).toString(16).padStart(2, "0");
      throw new ModelFormatError(`the pickle holds an operation that a Booster's pickle has not (0x${code})`);
    }
    operation();
  }

  /** The operations of protocols 2 to 5 that pickles of a Booster use, by their code. */
  readonly #operations: Readonly<Record<string, () => void>> = {
    "\x80": () => this.#skip(1), // PROTO
    "\x95": () => this.#skip(8), // FRAME
    "(": () => this.#push({ kind: "mark" }),
    N: () => this.#push(null),
    "\x88": () => this.#push(true),
    "\x89": () => this.#push(false),
    K: () => this.#push(this.#bytes.readUInt8(this.#skip(1))),
    M: () => this.#push(this.#bytes.readUInt16LE(this.#skip(2))),
    J: () => this.#push(this.#bytes.readInt32LE(this.#skip(4))),
    G: () => this.#push(this.#bytes.readDoubleBE(this.#skip(8))),
    "\x8a": () => this.#push(this.#longInteger(this.#bytes.readUInt8(this.#skip(1)))),
    X: () => this.#push(this.#text(this.#bytes.readUInt32LE(this.#skip(4)))),
    "\x8c": () => this.#push(this.#text(this.#bytes.readUInt8(this.#skip(1)))),
    "\x8d": () => this.#push(this.#text(this.#length64())),
    B: () => this.#push(this.#raw(this.#bytes.readUInt32LE(this.#skip(4)))),
    C: () => this.#push(this.#raw(this.#bytes.readUInt8(this.#skip(1)))),
    "\x8e": () => this.#push(this.#raw(this.#length64())),
    "\x96": () => this.#push(this.#raw(this.#length64())),
    T: () => this.#push(this.#raw(this.#bytes.readUInt32LE(this.#skip(4)))),
    U: () => this.#push(this.#raw(this.#bytes.readUInt8(this.#skip(1)))),
    "}": () => this.#push({ kind: "dict", entries: new Map() }),
    "]": () => this.#push({ kind: "list", items: [] }),
    ")": () => this.#push({ kind: "tuple", items: [] }),
    "\x85": () => this.#tuple(1),
    "\x86": () => this.#tuple(2),
    "\x87": () => this.#tuple(3),
    t: () => this.#push({ kind: "tuple", items: this.#popToMark() }),
    s: () => this.#setItems(this.#stack.splice(-2)),
    u: () => this.#setItems(this.#popToMark()),
    a: () => this.#appendItems(this.#stack.splice(-1)),
    e: () => this.#appendItems(this.#popToMark()),
    c: () => this.#push({ kind: "global", name: `${this.#line()}.${this.#line()}` }),
    "\x93": () => this.#stackGlobal(),
    "\x81": () => this.#newObject(),
    R: () => this.#reduce(),
    b: () => this.#build(),
    q: () => this.#memo.set(this.#bytes.readUInt8(this.#skip(1)), this.#top()),
    r: () => this.#memo.set(this.#bytes.readUInt32LE(this.#skip(4)), this.#top()),
    "\x94": () => this.#memo.set(this.#memo.size, this.#top()),
    h: () => this.#push(this.#recall(this.#bytes.readUInt8(this.#skip(1)))),
    j: () => this.#push(this.#recall(this.#bytes.readUInt32LE(this.#skip(4)))),
  };

  #push(value: Value): void {
    this.#stack.push(value);
  }

  #pop(): Value {
    const value = this.#stack.pop();
    if (value === undefined) {
      throw new ModelFormatError("the pickle is damaged");
    }
    return value;
  }

  #top(): Value {
    const value = this.#pop();
    this.#push(value);
    return value;
  }

  #recall(index: number): Value {
    const value = this.#memo.get(index);
    if (value === undefined) {
      throw new ModelFormatError("the pickle is damaged");
    }
    return value;
  }

  #popToMark(): Value[] {
    const mark = this.#stack.findLastIndex((value) => kindOf(value) === "mark");
    if (mark < 0) {
      throw new ModelFormatError("the pickle is damaged");
    }
    const items = this.#stack.splice(mark);
    return items.slice(1);
  }

  #tuple(size: number): void {
    this.#push({ kind: "tuple", items: this.#stack.splice(-size) });
  }

  #setItems(items: readonly Value[]): void {
    const target = this.#top();
    if (!isKind(target, "dict")) {
      throw new ModelFormatError("the pickle is damaged");
    }
    for (let index = 0; index + 1 < items.length; index += 2) {
      target.entries.set(textOf(items[index] ?? null), items[index + 1] ?? null);
    }
  }

  #appendItems(items: readonly Value[]): void {
    const target = this.#top();
    if (!isKind(target, "list")) {
      throw new ModelFormatError("the pickle is damaged");
    }
    target.items.push(...items);
  }

  #stackGlobal(): void {
    const name = textOf(this.#pop());
    this.#push({ kind: "global", name: `${textOf(this.#pop())}.${name}` });
  }

  #newObject(): void {
    this.#pop();
    const made = this.#pop();
    if (!isKind(made, "global") || !BOOSTERS.includes(made.name)) {
      throw refused(made);
    }
    this.#push({ kind: "booster" });
  }

  /** The calls that a Booster's pickle makes, understood instead of made. */
  #reduce(): void {
    const argumentsTuple = this.#pop();
    const called = this.#pop();
    const items = isKind(argumentsTuple, "tuple") ? argumentsTuple.items : [];
    const name = isKind(called, "global") ? called.name : "";
    if (name === ENCODE || BYTE_ARRAYS.includes(name)) {
      this.#push(bytesOf(items[0] ?? null));
    } else if (OPAQUE.includes(name)) {
      this.#push({ kind: "opaque" });
    } else {
      throw refused(called);
    }
  }

  #build(): void {
    const state = this.#pop();
    const target = this.#top();
    if (isKind(target, "booster")) {
      target.state = state;
    } else if (!isKind(target, "opaque")) {
      throw new ModelFormatError("the pickle is damaged");
    }
  }

  #skip(bytes: number): number {
    const start = this.#position;
    if (start + bytes > this.#bytes.length) {
      throw new RangeError("end of file");
    }
    this.#position = start + bytes;
    return start;
  }

  #length64(): number {
    return Number(this.#bytes.readBigUInt64LE(this.#skip(8)));
  }

  #text(length: number): string {
    const start = this.#skip(length);
    return this.#bytes.toString("utf8", start, start + length);
  }

  #raw(length: number): Uint8Array {
    const start = this.#skip(length);
    return this.#bytes.subarray(start, start + length);
  }

  #line(): string {
    const end = this.#bytes.indexOf(10, this.#position);
    if (end < 0) {
      throw new RangeError("end of file");
    }
    const line = this.#bytes.toString("latin1", this.#position, end);
    this.#position = end + 1;
    return line;
  }

  #longInteger(bytes: number): number {
    return this.#raw(bytes).reduceRight((sum, byte) => sum * 256 + byte, 0);
  }
}

type Kinded = Extract<Value, { readonly kind: string }>;

function kindOf(value: Value): string | undefined {
  return typeof value === "object" && value !== null && "kind" in value ? value.kind : undefined;
}

function isKind<K extends Kinded["kind"]>(value: Value, kind: K): value is Extract<Kinded, { readonly kind: K }> {
  return kindOf(value) === kind;
}

function textOf(value: Value): string {
  if (typeof value === "string") {
    return value;
  }
  // Python 2 pickles its names as bytes.
  if (value instanceof Uint8Array) {
    return Buffer.from(value).toString("latin1");
  }
  throw new ModelFormatError("the pickle is damaged");
}

function bytesOf(value: Value): Uint8Array {
  if (value instanceof Uint8Array) {
    return value;
  }
  if (typeof value === "string") {
    return Buffer.from(value, "latin1");
  }
  throw new ModelFormatError("the pickled Booster holds no model");
}

function refused(value: Value): ModelFormatError {
  const name = isKind(value, "global") ? value.name : "something";
  return new ModelFormatError(`the pickle asks for ${name}, which is no part of a Booster: nothing was run`);
}
