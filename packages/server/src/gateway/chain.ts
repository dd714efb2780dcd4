import { beginning, type Incoming, type Reached } from "./exchange.ts";

/**
 * One concern of a request's life: sees what is known so far and returns what it found out, or nothing when all it does is
 * refuse.
 */
export type Handler<Known, Found extends object | void> = (exchange: Known) => Found | Promise<Found>;

/** Handlers in order, each of which knows what the ones before it found out. */
export interface Chain<Known> {
  next<Found extends object | void>(
    handler: Handler<Known, Found>,
  ): Chain<Found extends object ? Known & Found : Known>;
  run(incoming: Incoming): Promise<Outcome<Known>>;
}

/** Where the chain ended, and with what error if it did not reach its end. */
export type Outcome<Known> =
  | { readonly done: true; readonly exchange: Known }
  | { readonly done: false; readonly exchange: Reached; readonly error: unknown };

type AnyHandler = Handler<never, object | void>;

/** A chain without handlers. */
export function chain(): Chain<Incoming> {
  return chainOf([]);
}

function chainOf<Known>(handlers: readonly AnyHandler[]): Chain<Known> {
  return {
    next: (handler) => chainOf([...handlers, handler as AnyHandler]),
    async run(incoming) {
      // What is found out is filled in here and nowhere else: a copy per handler costs more than most handlers do.
      const exchange = beginning(incoming);
      try {
        for (const handler of handlers) {
          const found = handler(exchange as never);
          // Most handlers answer at once; waiting for those too would cost a turn of the microtask queue each.
          Object.assign(exchange, found instanceof Promise ? await found : found);
        }
        return { done: true, exchange: exchange as unknown as Known };
      } catch (error) {
        return { done: false, exchange, error };
      }
    },
  };
}
