import { ProcessingError } from "./processing-error.ts";

/**
 * A JSON value whose numbers and strings stay the text they came as: what is only carried from input to output must not lose
 * digits or change its spelling. A row of CSV is an array of its cells.
 */
export type JsonNode =
  | { readonly kind: "scalar"; readonly text: string }
  | { readonly kind: "array"; readonly items: readonly JsonNode[] }
  | { readonly kind: "object"; readonly members: readonly JsonMember[] };

export interface JsonMember {
  readonly name: string;
  readonly value: JsonNode;
}

/** Values in one another; deeper ones are refused. */
const maxDepth = 200;

/** Throws ProcessingError for what is not one JSON value. `NaN` and `Infinity` are taken, as Python writes them. */
export function parseJson(text: string): JsonNode {
  const reader = new JsonReader(text);
  const node = reader.value(0);
  reader.end();
  return node;
}

/** Without white space. */
export function printJson(node: JsonNode): string {
  switch (node.kind) {
    case "scalar":
      return node.text;
    case "array":
      return `[${node.items.map(printJson).join(",")}]`;
    case "object":
      return `{${node.members.map(({ name, value }) => `${JSON.stringify(name)}:${printJson(value)}`).join(",")}}`;
  }
}

const space = /[ \t\n\r]*/y;
// Unrolled, so that long strings need no backtracking.
const string = /"[^"\\]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\]*)*"/y;
const scalar = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null|NaN|-?Infinity/y;

class JsonReader {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): JsonNode {
    if (depth > maxDepth) {
      throw new ProcessingError(`JSON is nested more than ${maxDepth} levels deep`);
    }
    this.#take(space);
    const first = this.#text[this.#position];
    if (first === "{") {
      return { kind: "object", members: this.#list("}", () => this.#member(depth + 1)) };
    }
    if (first === "[") {
      return { kind: "array", items: this.#list("]", () => this.value(depth + 1)) };
    }
    return { kind: "scalar", text: this.#expect(first === '"' ? string : scalar) };
  }

  end(): void {
    this.#take(space);
    if (this.#position < this.#text.length) {
      throw this.#malformed();
    }
  }

  #member(depth: number): JsonMember {
    this.#take(space);
    const name = this.#name();
    this.#take(space);
    this.#expect(/:/y);
    return { name, value: this.value(depth) };
  }

  #name(): string {
    const quoted = this.#expect(string);
    try {
      return JSON.parse(quoted) as string;
    } catch {
      // Control characters, which strings may hold only escaped; in values they are passed on as they came.
      throw this.#malformed();
    }
  }

  #list<Item>(close: "}" | "]", item: () => Item): Item[] {
    const items: Item[] = [];
    this.#position += 1;
    this.#take(space);
    if (this.#text[this.#position] === close) {
      this.#position += 1;
      return items;
    }
    for (;;) {
      items.push(item());
      this.#take(space);
      const end = this.#expect(/[,}\]]/y);
      if (end === close) {
        return items;
      }
      if (end !== ",") {
        throw this.#malformed();
      }
    }
  }

  #expect(pattern: RegExp): string {
    const found = this.#take(pattern);
    if (found === undefined) {
      throw this.#malformed();
    }
    return found;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#position;
    const found = pattern.exec(this.#text)?.[0];
    this.#position += found?.length ?? 0;
    return found;
  }

  #malformed(): ProcessingError {
    return new ProcessingError(`not JSON: unexpected text at character ${this.#position + 1}`);
  }
}
