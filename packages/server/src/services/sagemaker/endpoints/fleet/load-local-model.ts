import type { ServingModel } from "@clary/algorithms/serving";
import type { ModelHost } from "../../models/host/model-host.ts";
import type { FleetDeps } from "./fleet-deps.ts";
import { environmentOf } from "./start-instance.ts";
import type { VariantPlan } from "./variant-plan.ts";

const timeoutMs = 30_000;
/** Models above this are served by their hosts alone: the server's memory is for all endpoints together. */
const maxModelBytes = 64 * 1024 ** 2;

/** The model of a healthy host, for the server to answer small requests itself; undefined where the host has none to give. */
export async function loadLocalModel(
  host: ModelHost,
  plan: VariantPlan,
  deps: FleetDeps,
): Promise<ServingModel | undefined> {
  try {
    const { status, body } = await host.request({
      method: "GET",
      path: "/clary/flat-model",
      headers: {},
      timeoutMs,
      maxResponseBytes: maxModelBytes,
    });
    if (status !== 200) {
      return undefined;
    }
    const { algorithm, version } = plan.variant.image;
    return deps.decodeServingModel(algorithm, body, { version, environment: environmentOf(plan) });
  } catch {
    // The host answers every request itself then, which is slower and nothing else.
    return undefined;
  }
}
