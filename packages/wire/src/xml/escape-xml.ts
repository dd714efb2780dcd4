const SPECIAL = /[&<>"\r\n\u0085\u2028]/;
const ALL_SPECIAL = /[&<>"\r\n\u0085\u2028]/g;

/** Line ends are escaped because a parser turns them all into `\n`. */
const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#xD;",
  "\n": "&#xA;",
  "\u0085": "&#x85;",
  "\u2028": "&#x2028;",
};

// XML 1.0 has no form for these, not even an escaped one; parsers stop at them.
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
// oxlint-disable-next-line no-control-regex -- as above
const HAS_FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** Text for an element or a double-quoted attribute. What XML cannot carry becomes U+FFFD. */
export function escapeXml(text: string): string {
  const allowed = HAS_FORBIDDEN.test(text) ? text.replace(FORBIDDEN, "\ufffd") : text;
  return SPECIAL.test(allowed) ? allowed.replace(ALL_SPECIAL, (character) => escapes[character] ?? character) : allowed;
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
const ENTITY = /&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(lt|gt|amp|quot|apos));/g;

/** Text with its entities resolved and its line ends made `\n`; undefined when an entity is not known. */
export function unescapeXml(text: string): string | undefined {
  const lines = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  if (!lines.includes("&")) {
    return lines;
  }
  if (lines.replace(ENTITY, "").includes("&")) {
    return undefined;
  }
  let valid = true;
  const resolved = lines.replace(ENTITY, (_, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) {
      return entities[name] ?? "";
    }
    const point = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number.parseInt(decimal, 10);
    if (!isCharacter(point)) {
      valid = false;
      return "";
    }
    return String.fromCodePoint(point);
  });
  return valid ? resolved : undefined;
}

/** Scalar values only. Control characters have no form in XML 1.0, but S3 clients send keys that hold them. */
function isCharacter(point: number): boolean {
  return point > 0 && point <= 0x10_ffff && (point < 0xd800 || point > 0xdfff);
}
