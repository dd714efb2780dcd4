import { validationException } from "../../errors.ts";
import type { UpdateEndpointRequest } from "../endpoint-record.ts";

/**
 * Traffic moves all at once; other ways to move it are refused rather than ignored.
 * @throws AwsError `ValidationException`
 */
export function refuseDeploymentConfig(config: UpdateEndpointRequest["DeploymentConfig"]): void {
  const routing = config?.BlueGreenUpdatePolicy?.TrafficRoutingConfiguration.Type;
  if (routing !== undefined && routing !== "ALL_AT_ONCE") {
    throw unsupported(`TrafficRoutingConfiguration of type ${routing}`);
  }
  if (config?.RollingUpdatePolicy !== undefined) {
    throw unsupported("RollingUpdatePolicy");
  }
  if ((config?.AutoRollbackConfiguration?.Alarms ?? []).length > 0) {
    throw unsupported("AutoRollbackConfiguration with Alarms");
  }
}

function unsupported(member: string): Error {
  return validationException(
    `${member} is not supported. Supported here: BlueGreenUpdatePolicy with TrafficRoutingConfiguration of type ALL_AT_ONCE.`,
  );
}
