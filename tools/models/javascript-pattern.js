/** POSIX classes of Java's patterns that JavaScript does not know, as ranges of a character class. @type {Readonly<Record<string, string>>} */
const posixClasses = { Alnum: "A-Za-z0-9", Alpha: "A-Za-z", Print: "\\x20-\\x7E", Punct: "!-\\/:-@\\[-`\\{-~" };

const TOKEN = /\\p\{(\w+)\}|\\[dsw]-|\\(.)|\[|\]|\$\{\d+,\d*\}|[^]/gu;
/** What may follow a backslash in a JavaScript pattern with the `u` flag. */
const KNOWN_ESCAPE = /[\^$\\.*+?()[\]{}|/\dbBcdDfknpPrsStuvwWx]/;

/**
 * A pattern of AWS's models, which are Java's, as JavaScript's with the `u` flag.
 *
 * @param {string} pattern
 * @throws {SyntaxError} when it has no such form
 */
export function javascriptPattern(pattern) {
  let inClass = false;
  const translated = pattern.replace(TOKEN, (token, posix, escaped) => {
    if (posix !== undefined) {
      const ranges = posixClasses[posix];
      return ranges === undefined ? token : inClass ? ranges : `[${ranges}]`;
    }
    if (escaped !== undefined) {
      return translateEscape(escaped, inClass);
    }
    if (token.startsWith("\\")) {
      // A set of characters followed by a hyphen is no range in Java.
      return inClass ? `${token.slice(0, 2)}\\-` : token;
    }
    inClass = token === "[" || (inClass && token !== "]");
    // Two of SageMaker's patterns repeat the end of the input.
    return token.startsWith("${") ? "$" : token;
  });
  assertCompiles(translated);
  return translated;
}

/** @param {string} pattern */
function assertCompiles(pattern) {
  RegExp(pattern, "u");
}

/**
 * @param {string} character
 * @param {boolean} inClass
 */
function translateEscape(character, inClass) {
  if (character === "A" || character === "z" || character === "Z") {
    return character === "A" ? "^" : "$";
  }
  return KNOWN_ESCAPE.test(character) || (inClass && character === "-") ? `\\${character}` : character;
}
