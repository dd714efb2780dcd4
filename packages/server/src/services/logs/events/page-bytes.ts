import type { LogEvent } from "../../../platform/logs/log-store.ts";

/** A page of events, and a batch that is put, may be this large; each event counts 26 bytes beside its message. */
export const pageBytes = 1_048_576;
const bytesPerEvent = 26;

export const eventBytes = ({ message }: Pick<LogEvent, "message">): number =>
  Buffer.byteLength(message, "utf8") + bytesPerEvent;

/** The leading events that fit into a page; at least one, whatever its size. */
export function fitPage<Event extends LogEvent>(events: readonly Event[]): readonly Event[] {
  let bytes = 0;
  const end = events.findIndex((event, index) => {
    bytes += eventBytes(event);
    return bytes > pageBytes && index > 0;
  });
  return end < 0 ? events : events.slice(0, end);
}
