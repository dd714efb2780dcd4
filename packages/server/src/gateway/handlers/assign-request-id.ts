import type { Clock } from "../../platform/clock/clock.ts";
import type { Ids } from "../../platform/ids/ids.ts";
import type { Handler } from "../chain.ts";
import type { Arrival, Incoming } from "../exchange.ts";

/** Gives the request the id under which its answer, the log and its records know it, and the instant that is now for it. */
export function assignRequestId(ids: Ids, clock: Clock): Handler<Incoming, Arrival> {
  return () => ({ requestId: ids.uuid(), now: clock.now() });
}
