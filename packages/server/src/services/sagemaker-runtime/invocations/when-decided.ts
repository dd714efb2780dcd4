import type { CallContext } from "../../operation.ts";
import type { EndpointRoute, SageMakerRuntimeDeps } from "../deps.ts";
import { modelNotReady } from "../errors.ts";

/**
 * Waits for an endpoint that is coming up.
 * @throws AwsError `ModelNotReadyException` when that takes longer than a call may; the signal's reason when the client left.
 */
export function whenDecided(
  decided: Promise<EndpointRoute | undefined>,
  endpointName: string,
  { signal }: CallContext,
  { clock, settings }: SageMakerRuntimeDeps,
): Promise<EndpointRoute | undefined> {
  return new Promise((resolve, reject) => {
    const finish = (outcome: () => void): void => {
      timer.cancel();
      signal.removeEventListener("abort", onAbort);
      outcome();
    };
    const onAbort = (): void => finish(() => reject(signal.reason as Error));
    const timer = clock.schedule(settings.timeoutMs, () => finish(() => reject(modelNotReady(endpointName))));
    signal.addEventListener("abort", onAbort, { once: true });
    decided.then(
      (route) => finish(() => resolve(route)),
      (error: unknown) => finish(() => reject(error as Error)),
    );
  });
}
