import type { TimestampFormat } from "../model/service-model-file.ts";

const DATE_TIME = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:?\d\d)?$/;
const DATE_ONLY = /^\d{4}-\d\d-\d\d$/;
/** IMF-fixdate, RFC 850 and asctime (RFC 9110 §5.6.7) all begin with a weekday. */
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /;
const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** A date from seconds since 1970, or undefined outside of what a Date can hold. */
export function dateFromSeconds(seconds: number): Date | undefined {
  return validDate(new Date(Math.round(seconds * 1000)));
}

/** A timestamp as clients write it: they do not always keep to the format their model declares, so each is tried. */
export function parseTimestamp(text: string): Date | undefined {
  const trimmed = text.trim();
  if (DATE_TIME.test(trimmed)) {
    return parseDateTime(trimmed);
  }
  if (DATE_ONLY.test(trimmed) || HTTP_DATE.test(trimmed)) {
    return validDate(new Date(trimmed));
  }
  return NUMBER.test(trimmed) ? dateFromSeconds(Number(trimmed)) : undefined;
}

function parseDateTime(text: string): Date | undefined {
  // Without an offset AWS means UTC, Date.parse local time. An offset without a colon is not read by Date.parse.
  const zoned = /[Zz]$|[+-]\d\d:?\d\d$/.test(text.slice(10)) ? text : `${text}Z`;
  return validDate(new Date(zoned.replace(/([+-]\d\d)(\d\d)$/, "$1:$2").toUpperCase()));
}

function validDate(date: Date): Date | undefined {
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** How timestamps are written; S3 and EC2 keep milliseconds that are zero. */
export type WrittenTimestamp = TimestampFormat | "date-time-millis";

const writers: Readonly<Record<WrittenTimestamp, (value: unknown) => string>> = {
  "date-time": (value) => asDate(value).toISOString().replace(".000Z", "Z"),
  "date-time-millis": (value) => asDate(value).toISOString(),
  "http-date": (value) => asDate(value).toUTCString(),
  "epoch-seconds": (value) => String(asDate(value).getTime() / 1000),
};

export function timestampWriter(format: WrittenTimestamp): (value: unknown) => string {
  return writers[format];
}

/** Dates that went through a JSON record come back as their ISO text. Throws TypeError on anything else. */
export function asDate(value: unknown): Date {
  const date = value instanceof Date ? value : typeof value === "string" ? parseTimestamp(value) : undefined;
  if (date === undefined || Number.isNaN(date.getTime())) {
    throw new TypeError(`not a timestamp: ${String(value)}`);
  }
  return date;
}
