import { invalidParameter } from "../errors.ts";

/** Whether a message is wanted. */
export type MessageFilter = (message: string) => boolean;

interface Terms {
  readonly all: string[];
  readonly any: string[];
  readonly none: string[];
}

/** One term: an optional `?` or `-`, then a phrase in quotes or characters up to the next space. */
const termForm = /\s*([?-]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))(?=\s|$)/uy;

const listOf: Readonly<Record<string, keyof Terms>> = { "": "all", "?": "any", "-": "none" };

function readTerms(pattern: string): Terms {
  const terms: Terms = { all: [], any: [], none: [] };
  termForm.lastIndex = 0;
  for (let at = 0; at < pattern.length; at = termForm.lastIndex) {
    termForm.lastIndex = at;
    const match = termForm.exec(pattern);
    if (match === null) {
      throw invalidParameter("Invalid filter pattern");
    }
    const [, sign = "", phrase, word] = match;
    terms[listOf[sign] ?? "all"].push(phrase?.replaceAll(/\\(.)/gu, "$1") ?? word ?? "");
  }
  return terms;
}

function checkForm(pattern: string): void {
  const kinds: Readonly<Record<string, string>> = { "{": "JSON", "[": "Space-delimited", "%": "Regular expression" };
  const kind = kinds[pattern.charAt(0)];
  if (kind !== undefined) {
    throw invalidParameter(`${kind} filter patterns are not implemented: use terms, "quoted phrases", ?any and -not.`);
  }
}

/**
 * Reads a filter pattern of terms: all plain terms must occur in the message, `-terms` must not, and of `?terms` one must.
 * Case matters. As AWS does, `?terms` are ignored beside others.
 * @throws AwsError `InvalidParameterException` for patterns that cannot be read, and for the forms that are not built
 */
export function readFilterPattern(given: string): MessageFilter {
  const pattern = given.trim();
  checkForm(pattern);
  const { all, any, none } = readTerms(pattern);
  if (all.length === 0 && none.length === 0) {
    return (message) => any.length === 0 || any.some((term) => message.includes(term));
  }
  return (message) => all.every((term) => message.includes(term)) && !none.some((term) => message.includes(term));
}
