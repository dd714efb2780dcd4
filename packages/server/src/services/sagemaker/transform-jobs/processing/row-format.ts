import { type JsonNode, parseJson, printJson } from "./json-node.ts";
import { ProcessingError } from "./processing-error.ts";

/** How records stand in payloads and answers. */
export interface RowFormat {
  /** Records of a text, without line ends; empty lines are none. */
  rows(text: string): readonly string[];
  parse(row: string): JsonNode;
  print(node: JsonNode): string;
  /** An input record with what the model said to it. */
  join(input: string, output: string): JsonNode;
  /** A record with two more facts at its end. */
  append(node: JsonNode, facts: readonly (readonly [name: string, value: string])[]): JsonNode;
}

/** Undefined for types that filters and joins do not know. */
export function rowFormat(contentType: string, isSplit: boolean): RowFormat | undefined {
  switch ((contentType.split(";", 1)[0] ?? "").trim().toLowerCase()) {
    case "text/csv":
      return csvRows;
    case "application/jsonlines":
      return jsonRows(lines);
    case "application/json":
      // Unsplit, a document is one record however many lines it has.
      return jsonRows(isSplit ? lines : (text) => [text]);
    default:
      return undefined;
  }
}

function lines(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line !== "");
}

/** Cells keep their quotes and spaces. Line ends inside quotes are not supported, on AWS neither. */
const csvRows: RowFormat = {
  rows: lines,
  parse: (row) => ({ kind: "array", items: cells(row).map((text) => ({ kind: "scalar", text })) }),
  print(node) {
    const items = node.kind === "array" ? node.items : [node];
    return items.map(cellText).join(",");
  },
  join: (input, output) => ({
    kind: "array",
    items: [input, output].flatMap(cells).map((text) => ({ kind: "scalar", text })),
  }),
  append: (node, facts) => ({
    kind: "array",
    items: [
      ...(node.kind === "array" ? node.items : [node]),
      ...facts.map(([, text]) => ({ kind: "scalar" as const, text })),
    ],
  }),
};

// Unrolled, so that long cells need no backtracking.
const cell = /\s*"[^"]*(?:""[^"]*)*"[^,]*|[^,]*/y;

/** A cell that begins with a quote may hold commas, up to its closing quote; any other runs up to the next comma. */
function cells(row: string): readonly string[] {
  if (!row.includes('"')) {
    return row.split(",");
  }
  const found: string[] = [];
  for (let start = 0; start <= row.length;) {
    cell.lastIndex = start;
    const text = cell.exec(row)?.[0] ?? "";
    found.push(text);
    start += text.length + 1;
  }
  return found;
}

function cellText(node: JsonNode): string {
  if (node.kind !== "scalar") {
    throw new ProcessingError("a CSV cell can hold neither a list nor an object");
  }
  return node.text;
}

function jsonRows(rows: RowFormat["rows"]): RowFormat {
  return {
    rows,
    parse: parseJson,
    print: printJson,
    join(input, output) {
      const [given, said] = [parseJson(input), parseJson(output)];
      const members = given.kind === "object" ? given.members : [{ name: "SageMakerInput", value: given }];
      return {
        kind: "object",
        members: [
          ...members.filter(({ name }) => name !== "SageMakerOutput"),
          { name: "SageMakerOutput", value: said },
        ],
      };
    },
    append(node, facts) {
      const members = node.kind === "object" ? node.members : [{ name: "SageMakerOutput", value: node }];
      const added = facts.map(([name, value]) => ({
        name,
        value: { kind: "scalar" as const, text: JSON.stringify(value) },
      }));
      return { kind: "object", members: [...members, ...added] };
    },
  };
}
