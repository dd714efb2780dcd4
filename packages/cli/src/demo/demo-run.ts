import type { DemoClients } from "./demo-clients.ts";
import type { DemoDisplay } from "./demo-display.ts";
import type { DemoPlan } from "./demo-plan.ts";

/** What every step of one run of the demo works with. */
export interface DemoRun {
  readonly clients: DemoClients;
  readonly plan: DemoPlan;
  readonly display: DemoDisplay;
  /** Aborts at Ctrl-C; what was made is deleted all the same. */
  readonly signal: AbortSignal;
}
