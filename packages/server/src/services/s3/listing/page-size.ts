import { invalidArgument } from "../errors.ts";

const maximumPage = 1000;

/** At most 1000 entries a page; more may be asked for and is not given. @throws InvalidArgument when negative. */
export function pageSize(requested: number | undefined, argument: "maxKeys" | "max-uploads" | "max-parts"): number {
  if (requested !== undefined && !(Number.isInteger(requested) && requested >= 0 && requested < 2 ** 31)) {
    const message = `Argument ${argument} must be an integer between 0 and 2147483647`;
    throw invalidArgument(message, argument, String(requested));
  }
  return Math.min(requested ?? maximumPage, maximumPage);
}
