import { invalidToken } from "../errors.ts";

const digits = 56;

/**
 * A place between two events of a stream: `forward` tokens read the events from `position` on, `backward` tokens the ones
 * before it. On the wire as AWS writes them: `f/` or `b/`, 56 digits, `/s`.
 */
export interface EventToken {
  readonly direction: "forward" | "backward";
  readonly position: number;
}

export function writeEventToken({ direction, position }: EventToken): string {
  return `${direction === "forward" ? "f" : "b"}/${String(position).padStart(digits, "0")}/s`;
}

/** @throws AwsError for anything that `writeEventToken` did not make */
export function readEventToken(text: string): EventToken {
  const [, letter, number] = /^([fb])\/(\d{56})\/s$/u.exec(text) ?? [];
  const position = Number(number);
  if (letter === undefined || !Number.isSafeInteger(position)) {
    throw invalidToken();
  }
  return { direction: letter === "f" ? "forward" : "backward", position };
}
