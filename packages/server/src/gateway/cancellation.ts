import type { ServerResponse } from "node:http";

/** A signal that aborts when the client goes away before it was answered, or when `stopping` aborts. */
export interface Cancellation {
  readonly signal: AbortSignal;
}

/** Makes the signal at its first use: most requests never ask for it, and one costs more than a prediction. */
export function cancellation(response: ServerResponse, stopping: AbortSignal): Cancellation {
  let signal: AbortSignal | undefined;
  return {
    get signal() {
      signal ??= abortsWith(response, stopping);
      return signal;
    },
  };
}

function abortsWith(response: ServerResponse, stopping: AbortSignal): AbortSignal {
  const controller = new AbortController();
  if (stopping.aborted || (response.destroyed && !response.writableFinished)) {
    controller.abort();
    return controller.signal;
  }
  const onStop = (): void => controller.abort();
  stopping.addEventListener("abort", onStop, { once: true });
  response.once("close", () => {
    stopping.removeEventListener("abort", onStop);
    if (!response.writableFinished) {
      controller.abort();
    }
  });
  return controller.signal;
}
