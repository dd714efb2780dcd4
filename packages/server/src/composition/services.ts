import type { Ids } from "../platform/ids/ids.ts";
import { iamService, type Identity } from "../services/iam/index.ts";
import { logsService } from "../services/logs/service.ts";
import type { Service } from "../services/operation.ts";
import { s3Service } from "../services/s3/service.ts";
import { defaultInvocationSettings } from "../services/sagemaker-runtime/deps.ts";
import { sagemakerRuntimeService } from "../services/sagemaker-runtime/service.ts";
import { sagemakerService } from "../services/sagemaker/service.ts";
import { stsService } from "../services/sts/service.ts";
import type { Storage } from "./storage.ts";
import type { Workloads } from "./workloads.ts";

/** Every service there is; a new one is a line here. */
export function openServices(storage: Storage, identity: Identity, workloads: Workloads, ids: Ids): readonly Service[] {
  return [
    s3Service({ objects: storage.objects, authoriser: identity.authoriser }),
    iamService({ directory: identity.directory, ids }),
    stsService({ sessions: identity.sessions, roles: identity.assumableRoles }),
    logsService({ logs: storage.logs }),
    sagemakerService(workloads.sagemaker),
    sagemakerRuntimeService({
      endpoints: workloads.endpoints.routes,
      clock: workloads.sagemaker.clock,
      random: Math.random,
      settings: defaultInvocationSettings,
    }),
  ];
}
