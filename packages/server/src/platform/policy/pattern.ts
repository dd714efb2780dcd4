import { matchesGlob, splitAtAny, type GlobUnit } from "./glob.ts";
import { RequestKeys } from "./request-keys.ts";

/** A value of a policy with its wildcards and variables: a resource, an action, a `StringLike` operand. */
export interface Pattern {
  /** False also when a variable has no value in this request. */
  matches(text: string, keys: RequestKeys): boolean;
  /** Whether every variable has exactly one value in this request. */
  resolves(keys: RequestKeys): boolean;
}

type Piece =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "glob"; readonly unit: GlobUnit }
  | { readonly type: "variable"; readonly key: string; readonly fallback: string | undefined };

/** `${key}` or `${key, 'default'}`; `${*}`, `${?}` and `${$}` stand for the characters themselves. */
const variableForm = /^\$\{\s*([^\s,{}]+)\s*(?:,\s*'([^']*)'\s*)?\}/u;

function nextPiece(text: string, at: number, variables: boolean): { readonly piece: Piece; readonly length: number } {
  const character = text.charAt(at);
  if (character === "*" || character === "?") {
    return { piece: { type: "glob", unit: character === "*" ? "any" : "one" }, length: 1 };
  }
  const variable = variables && character === "$" ? variableForm.exec(text.slice(at)) : null;
  if (variable !== null) {
    const name = variable[1] ?? "";
    const piece: Piece = ["*", "?", "$"].includes(name)
      ? { type: "text", text: name }
      : { type: "variable", key: name.toLowerCase(), fallback: variable[2] };
    return { piece, length: variable[0].length };
  }
  let end = at + 1;
  while (end < text.length && !"*?$".includes(text.charAt(end))) {
    end += 1;
  }
  return { piece: { type: "text", text: text.slice(at, end) }, length: end - at };
}

function piecesOf(text: string, variables: boolean): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < text.length;) {
    const { piece, length } = nextPiece(text, at, variables);
    const last = pieces.at(-1);
    if (piece.type === "text" && last?.type === "text") {
      pieces[pieces.length - 1] = { type: "text", text: last.text + piece.text };
    } else {
      pieces.push(piece);
    }
    at += length;
  }
  return pieces;
}

/** The pieces with variables replaced by this request's values, which are never read as wildcards. */
function resolve(pieces: readonly Piece[], keys: RequestKeys): GlobUnit[] | undefined {
  const units: GlobUnit[] = [];
  for (const piece of pieces) {
    if (piece.type === "variable") {
      const values = keys.get(piece.key);
      const value = values === undefined ? piece.fallback : values[0];
      if (value === undefined || (values !== undefined && values.length > 1)) {
        return undefined;
      }
      units.push({ text: value });
    } else {
      units.push(piece.type === "text" ? { text: piece.text } : piece.unit);
    }
  }
  return units;
}

const noKeys = new RequestKeys(() => ({}));

const alwaysResolves = (): boolean => true;

/** The quick forms that nearly all patterns have: `*`, text without wildcards, text with one `*` at its end. */
function simplePattern(pieces: readonly Piece[]): Pattern["matches"] | undefined {
  const [first, second] = pieces;
  const endsInAny = (piece: Piece | undefined): boolean => piece?.type === "glob" && piece.unit === "any";
  if (pieces.length === 1 && endsInAny(first)) {
    return () => true;
  }
  if (pieces.length === 1 && first?.type === "text") {
    const { text } = first;
    return (candidate) => candidate === text;
  }
  if (pieces.length === 2 && first?.type === "text" && endsInAny(second)) {
    const { text } = first;
    return (candidate) => candidate.startsWith(text);
  }
  return undefined;
}

/** Compiles a value. `variables` is false in documents of version 2008-10-17, where `${` is plain text. */
export function compilePattern(text: string, variables: boolean): Pattern {
  const pieces = piecesOf(text, variables);
  const simple = simplePattern(pieces);
  if (simple !== undefined) {
    return { matches: simple, resolves: alwaysResolves };
  }
  if (pieces.every((piece) => piece.type !== "variable")) {
    const units = pieces.map((piece): GlobUnit => (piece.type === "glob" ? piece.unit : { text: piece.text }));
    const runs = splitAtAny(units);
    return { matches: (candidate) => matchesGlob(runs, candidate), resolves: alwaysResolves };
  }
  return {
    matches(candidate, keys) {
      const units = resolve(pieces, keys);
      return units !== undefined && matchesGlob(splitAtAny(units), candidate);
    },
    resolves: (keys) => resolve(pieces, keys) !== undefined,
  };
}

/** A value without wildcards, for operators that compare numbers, dates or addresses. */
export interface PolicyText {
  /** The text itself when it holds no variable. */
  readonly fixed: string | undefined;
  /** Undefined when a variable has no value in this request. */
  resolve(keys: RequestKeys): string | undefined;
}

const globText: Readonly<Record<"any" | "one", string>> = { any: "*", one: "?" };

export function compileText(text: string, variables: boolean): PolicyText {
  const pieces: readonly Piece[] = variables ? piecesOf(text, true) : [{ type: "text", text }];
  const textOf = (units: readonly GlobUnit[] | undefined): string | undefined =>
    units?.map((unit) => (typeof unit === "string" ? globText[unit] : unit.text)).join("");
  if (pieces.some((piece) => piece.type === "variable")) {
    return { fixed: undefined, resolve: (keys) => textOf(resolve(pieces, keys)) };
  }
  const fixed = textOf(resolve(pieces, noKeys));
  return { fixed, resolve: () => fixed };
}
