import type { Clock } from "../../platform/clock/clock.ts";
import type { ComputeBackend } from "../../platform/compute/compute-backend.ts";
import type { Ids } from "../../platform/ids/ids.ts";
import type { ImageCatalog } from "../../platform/images/image-catalog.ts";
import type { JobSupervisor } from "../../platform/jobs/job-supervisor.ts";
import type { ObjectStore } from "../../platform/objects/object-store.ts";
import type { RecordStore } from "../../platform/records/record-store.ts";
import type { Scope } from "../../platform/scope.ts";
import type { EndpointControl } from "./endpoints/endpoint-control.ts";
import type { FirstDescribes } from "./first-describes.ts";

/** What SageMaker's operations stand on; wired in `main.ts`. */
export interface SageMakerDeps {
  readonly records: RecordStore;
  readonly objects: ObjectStore;
  readonly jobs: JobSupervisor;
  readonly compute: ComputeBackend;
  readonly images: ImageCatalog;
  readonly logs: LogSinks;
  readonly roles: Roles;
  readonly endpoints: EndpointControl;
  readonly firstDescribes: FirstDescribes;
  /** Absent where nothing serves credentials to containers. */
  readonly jobCredentials?: JobCredentials;
  /** Which elements a slice of a transform job's filters means; `inclusive`, as AWS documents it, when absent. */
  readonly jsonPathSliceEnd?: "inclusive" | "exclusive";
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Serves the credentials of a role to one workload, the way containers get them: refreshed, at an address only it knows. */
export type JobCredentials = (session: RoleSession) => Promise<ServedCredentials>;

export interface ServedCredentials {
  /** `AWS_CONTAINER_CREDENTIALS_FULL_URI` and what goes with it. */
  readonly environment: Readonly<Record<string, string>>;
  /** The workload has ended: the address answers no more. */
  readonly release: () => void;
}

/** Where jobs and model hosts write their lines. Groups and streams are made on first use. */
export interface LogSinks {
  open(scope: Scope, group: string, stream: string): LogSink;
}

export interface LogSink {
  /** Takes one line; it becomes readable in order. Tabs are stored as `#011`, as CloudWatch shows them. */
  write(line: string): void;
  /** Resolves when every line written so far can be read. */
  flush(): Promise<void>;
}

/** The roles that jobs and models run as; answered by IAM. */
export interface Roles {
  /** Undefined when the role does not exist or its trust policy does not let `service` assume it. */
  assume(roleArn: string, service: string, sessionName: string): Promise<RoleSession | undefined>;
}

export interface RoleSession {
  /** Whether the role's policies (and the resource's own) allow `action` on `resource`. */
  allows(action: string, resource: string): Promise<boolean>;
  /** Temporary credentials of the session, for the job's environment. */
  credentials(): Promise<TemporaryCredentials>;
}

export interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}
