/** W3C's profile of ISO 8601: a year, year and month, date, or date and time with a zone. */
const isoForm = /^\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?)?)?$/u;

/** Milliseconds since the epoch of an ISO 8601 date or of a number of epoch seconds. Four digits are a year. */
export function readDate(text: string): number | undefined {
  if (isoForm.test(text)) {
    const time = Date.parse(text);
    return Number.isNaN(time) ? undefined : time;
  }
  return /^\d{5,12}(?:\.\d+)?$/u.test(text) ? Number(text) * 1000 : undefined;
}
