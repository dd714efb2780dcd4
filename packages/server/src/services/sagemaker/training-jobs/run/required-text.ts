/** Characters that stand for themselves in every regular expression. */
const plain = /[\w #:=<>,/@%&;~"'`!-]/;
/** After these a character need not be there. */
const mayBeAbsent = new Set(["*", "?", "{"]);
/** Alternatives, and escapes that are longer than two characters or refer to something else. */
const beyondThis = /\||\\[xuckpP\d]/;

/**
 * The longest text that every match of a regular expression holds, as far as that is plain to see; empty where it is not. For
 * leaving patterns out without running them: what it gives may be shorter than the truth, never wrong.
 */
export function requiredText(source: string): string {
  if (beyondThis.test(source)) {
    return "";
  }
  let longest = "";
  let run = "";
  for (let at = 0; at < source.length;) {
    const character = source[at] ?? "";
    const isPlain = plain.test(character);
    run = isPlain && !mayBeAbsent.has(source[at + 1] ?? "") ? run + character : "";
    longest = run.length > longest.length ? run : longest;
    at = isPlain ? at + 1 : afterItem(source, at);
    if (!isPlain || source[at] === "+") {
      run = "";
    }
  }
  return longest;
}

/** Behind the class, group, count, escape or special character that begins at `at`. */
function afterItem(source: string, at: number): number {
  const character = source[at];
  if (character === "\\") {
    return at + 2;
  }
  if (character === "(") {
    return afterGroup(source, at);
  }
  return character === "[" || character === "{" ? afterClosing(source, at, character === "[" ? "]" : "}") : at + 1;
}

function afterClosing(source: string, start: number, closing: string): number {
  let at = start + 1;
  while (at < source.length && source[at] !== closing) {
    at += source[at] === "\\" ? 2 : 1;
  }
  return at + 1;
}

/** Whatever it says, and however often it may repeat, nothing in a group is taken as required. */
function afterGroup(source: string, start: number): number {
  let at = start + 1;
  while (at < source.length && source[at] !== ")") {
    at = afterItem(source, at);
  }
  return at + 1;
}
