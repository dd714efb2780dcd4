/** S3 keeps times to the second, so that a listing, a header and a condition all name the same instant. */
export function wholeSeconds(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}
