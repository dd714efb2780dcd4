import type { ServingModel, ServingOptions } from "@clary/algorithms/serving";
import type { SageMakerDeps } from "../../deps.ts";

/** What hosts of models stand on. */
export interface FleetDeps extends Pick<SageMakerDeps, "objects" | "compute" | "logs" | "roles" | "clock" | "ids"> {
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /**
   * Makes a model of the bytes that a host answered to `GET /clary/flat-model`. Throws when they are none: they come from
   * another process and are checked like any input.
   */
  readonly decodeServingModel: (algorithm: string, bytes: Uint8Array, options: ServingOptions) => ServingModel;
  /** Takes what should not happen, a failing store or file system for one, and has nobody else to go to. */
  readonly onError: (error: unknown) => void;
}
