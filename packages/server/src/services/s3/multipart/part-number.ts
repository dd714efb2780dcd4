import { invalidArgument } from "../errors.ts";

export const maximumPartNumber = 10_000;

/** @throws InvalidArgument. */
export function checkPartNumber(partNumber: number): void {
  if (!(Number.isInteger(partNumber) && partNumber >= 1 && partNumber <= maximumPartNumber)) {
    const message = `Part number must be an integer between 1 and ${maximumPartNumber}, inclusive`;
    throw invalidArgument(message, "partNumber", String(partNumber));
  }
}
