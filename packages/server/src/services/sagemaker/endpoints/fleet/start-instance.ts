import type { WorkloadFile } from "../../../../platform/compute/compute-backend.ts";
import { assumeRole } from "../../assume-role.ts";
import { modelFiles } from "../../models/artifact/model-files.ts";
import { modelDataOf } from "../../models/model-data-source.ts";
import { containerOf } from "../../models/model-record.ts";
import { startModelHost, type ModelHost } from "../../models/host/model-host.ts";
import type { FleetDeps } from "./fleet-deps.ts";
import { endpointLogGroup, type VariantPlan } from "./variant-plan.ts";

/** AWS gives a container four minutes where the variant does not say otherwise. */
const defaultHealthTimeoutSeconds = 240;

/**
 * One instance of a variant: a container with the model's files, healthy.
 * @throws ModelDataError, HostStartError, or AwsError when the model's role is gone
 */
export async function startInstance(plan: VariantPlan, deps: FleetDeps, signal: AbortSignal): Promise<ModelHost> {
  const { scope, variant } = plan;
  const id = `i-${deps.ids.hex(17)}`;
  const log = deps.logs.open(scope, endpointLogGroup(plan.endpointName), `${variant.request.VariantName}/${id}`);
  const files = await filesOf(plan, deps);
  signal.throwIfAborted();
  return startModelHost(
    {
      id,
      image: variant.image,
      environment: environmentOf(plan),
      files,
      healthTimeoutMs:
        1000 * (variant.request.ContainerStartupHealthCheckTimeoutInSeconds ?? defaultHealthTimeoutSeconds),
      onLine: (line) => log.write(line),
      signal,
    },
    deps,
  );
}

/** The container's own variables, and where it runs. */
export function environmentOf({ scope, variant }: VariantPlan): Readonly<Record<string, string>> {
  return { ...containerOf(variant.model).Environment, AWS_REGION: scope.region, AWS_DEFAULT_REGION: scope.region };
}

async function filesOf({ variant }: VariantPlan, deps: FleetDeps): Promise<readonly WorkloadFile[]> {
  const data = modelDataOf(containerOf(variant.model));
  if (data === undefined) {
    return [];
  }
  const session = await assumeRole(deps.roles, variant.model.request.ExecutionRoleArn ?? "");
  return modelFiles(data, session, deps.objects);
}
