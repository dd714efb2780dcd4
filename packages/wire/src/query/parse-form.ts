/** Decoded name-value pairs of a query string or form, in order. */
export type FormPairs = readonly (readonly [name: string, value: string])[];

/** Takes a query string or an `application/x-www-form-urlencoded` body apart. Text that is not percent-encoded UTF-8 is kept as it is. */
export function parseForm(text: string): FormPairs {
  if (text === "") {
    return [];
  }
  const pairs: [string, string][] = [];
  for (const part of text.split("&")) {
    if (part !== "") {
      const equals = part.indexOf("=");
      pairs.push(
        equals < 0
          ? [decodeComponent(part), ""]
          : [decodeComponent(part.slice(0, equals)), decodeComponent(part.slice(equals + 1))],
      );
    }
  }
  return pairs;
}

function decodeComponent(text: string): string {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  if (!spaced.includes("%")) {
    return spaced;
  }
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
