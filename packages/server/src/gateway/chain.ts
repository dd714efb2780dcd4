import type { Incoming, Reached } from "./exchange.ts";

/** One concern of a request's life: takes what is known so far and returns it with what it found out. */
export type Handler<In, Out> = (exchange: In) => Out | Promise<Out>;

/** Handlers in order, each fitting the one before. */
export interface Chain<Out> {
  next<Next extends Out>(handler: Handler<Out, Next>): Chain<Next>;
  run(incoming: Incoming): Promise<Outcome<Out>>;
}

/** Where the chain ended, and with what error if it did not reach its end. */
export type Outcome<Out> =
  | { readonly done: true; readonly exchange: Out }
  | { readonly done: false; readonly exchange: Reached; readonly error: unknown };

/** A chain that begins with `handler`. */
export function chain<Out extends Incoming>(handler: Handler<Incoming, Out>): Chain<Out> {
  return chainOf<Out>([handler as Handler<never, Incoming>]);
}

function chainOf<Out>(handlers: readonly Handler<never, Incoming>[]): Chain<Out> {
  return {
    next: (handler) => chainOf([...handlers, handler as unknown as Handler<never, Incoming>]),
    async run(incoming) {
      let exchange = incoming;
      try {
        for (const handler of handlers) {
          const next = handler(exchange as never);
          // Most handlers answer at once; waiting for those too would cost a turn of the microtask queue each.
          exchange = next instanceof Promise ? await next : next;
        }
        return { done: true, exchange: exchange as Out };
      } catch (error) {
        return { done: false, exchange, error };
      }
    },
  };
}
