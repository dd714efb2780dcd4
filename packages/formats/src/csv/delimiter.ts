import { CARRIAGE_RETURN, COMMA, NEWLINE, SEMICOLON, TAB } from "../bytes/ascii.ts";

/** Byte between two fields: `,` `;` or TAB. */
export type Delimiter = typeof COMMA | typeof SEMICOLON | typeof TAB;

/** How many bytes of the first line decide, as in the XGBoost container. */
const SNIFFED_BYTES = 512;

/** The delimiter that occurs most often in the first line; `,` when there is none (one column). */
export function sniffDelimiter(bytes: Uint8Array): Delimiter {
  let commas = 0;
  let semicolons = 0;
  let tabs = 0;
  for (const byte of bytes.subarray(0, SNIFFED_BYTES)) {
    if (byte === NEWLINE || byte === CARRIAGE_RETURN) {
      break;
    }
    commas += byte === COMMA ? 1 : 0;
    semicolons += byte === SEMICOLON ? 1 : 0;
    tabs += byte === TAB ? 1 : 0;
  }
  if (semicolons > commas && semicolons >= tabs) {
    return SEMICOLON;
  }
  return tabs > commas ? TAB : COMMA;
}
