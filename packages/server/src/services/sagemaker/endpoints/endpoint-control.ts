import type { RecordKey } from "../../../platform/records/record-store.ts";

/** What operations ask of the running endpoints. All methods return at once; the work goes on behind them. */
export interface EndpointControl {
  /** Brings up the endpoint of a record that was just created with status `Creating`; `incarnation` is in its body. */
  create(key: RecordKey, incarnation: string): void;
  /** Replaces the running deployment by the record's pending one; its status was just set to `Updating`. */
  update(key: RecordKey): void;
  /** Takes an endpoint whose record was just deleted out of service: no call reaches it from now on, its hosts drain and stop. */
  remove(key: RecordKey, incarnation: string): void;
  /** Resolves when the endpoint is neither being created nor updated, or `signal` aborts. Never rejects. */
  settled(key: RecordKey, signal: AbortSignal): Promise<void>;
}
