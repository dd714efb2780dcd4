const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gu;

/**
 * The first object key that occurs twice, if any. `JSON.parse` keeps the last of two equal keys, which would silently drop
 * a condition block. `text` must be valid JSON.
 */
export function findDuplicateKey(text: string): string | undefined {
  const open: Set<string>[] = [];
  let pending: string | undefined;
  for (const [token] of text.matchAll(tokens)) {
    if (token === "{" || token === "[") {
      open.push(new Set());
    } else if (token === "}" || token === "]") {
      open.pop();
    } else if (token === ":" && pending !== undefined) {
      const key = JSON.parse(pending) as string;
      const keys = open.at(-1);
      if (keys?.has(key) === true) {
        return key;
      }
      keys?.add(key);
    }
    pending = token.startsWith('"') ? token : undefined;
  }
  return undefined;
}
