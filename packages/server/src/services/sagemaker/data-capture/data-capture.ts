import type { Timer } from "../../../platform/clock/clock.ts";
import type { Scope } from "../../../platform/scope.ts";
import type { SageMakerDeps } from "../deps.ts";
import type { DataCaptureConfig, Deployment } from "../endpoints/deployments/deployment.ts";
import { endpointLogGroup } from "../endpoints/fleet/variant-plan.ts";
import { objectArn, parseS3Uri } from "../s3-uri.ts";
import type { CapturedCall } from "./captured-call.ts";
import { captureLine } from "./capture-line.ts";
import { captureKey, captureHour } from "./capture-key.ts";

export interface CapturedEndpoint {
  readonly name: string;
  readonly scope: Scope;
  readonly config: DataCaptureConfig;
  readonly deployment: Deployment;
}

export interface DataCaptureDeps extends Pick<SageMakerDeps, "objects" | "roles" | "logs" | "clock" | "ids"> {
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** A file that is being filled. */
interface OpenFile {
  readonly variantName: string;
  readonly startedAt: Date;
  readonly lines: string[];
  bytes: number;
}

const flushAfterMs = 10_000;
const flushAtBytes = 4 * 1024 ** 2;
/** Lines that wait to be written; beyond it calls are not captured, and the log says so. */
const maxPendingBytes = 64 * 1024 ** 2;

/** Copies sampled calls of an endpoint to S3: one file per variant and hour, written after a while, when it is large, and at the end. */
export class DataCapture {
  readonly #endpoint: CapturedEndpoint;
  readonly #deps: DataCaptureDeps;
  readonly #files = new Map<string, OpenFile>();
  readonly #writes = new Set<Promise<void>>();
  #pendingBytes = 0;
  #dropped = 0;
  #timer: Timer | undefined;

  constructor(endpoint: CapturedEndpoint, deps: DataCaptureDeps) {
    this.#endpoint = endpoint;
    this.#deps = deps;
  }

  capture(call: CapturedCall): void {
    const { config } = this.#endpoint;
    if (config.EnableCapture === false || this.#deps.random() * 100 >= config.InitialSamplingPercentage) {
      return;
    }
    if (this.#pendingBytes + call.request.body.length + call.response.body.length > maxPendingBytes) {
      this.#dropped += 1;
      return;
    }
    this.#add(call, captureLine(call, config, this.#deps.ids.uuid()));
  }

  /** Resolves when everything captured so far is stored, or was given up with a line in the log. */
  async flush(): Promise<void> {
    this.#timer?.cancel();
    this.#timer = undefined;
    const files = [...this.#files.values()];
    this.#files.clear();
    for (const file of files) {
      this.#startWrite(file);
    }
    await Promise.all(this.#writes);
  }

  close(): Promise<void> {
    return this.flush();
  }

  #add(call: CapturedCall, line: string): void {
    const name = `${call.variantName} ${captureHour(call.time)}`;
    let file = this.#files.get(name);
    if (file === undefined) {
      file = { variantName: call.variantName, startedAt: call.time, lines: [], bytes: 0 };
      this.#files.set(name, file);
    }
    file.lines.push(line);
    file.bytes += line.length;
    this.#pendingBytes += line.length;
    if (file.bytes >= flushAtBytes) {
      this.#files.delete(name);
      this.#startWrite(file);
    }
    this.#timer ??= this.#deps.clock.schedule(flushAfterMs, () => void this.flush());
  }

  #startWrite(file: OpenFile): void {
    const write = this.#write(file)
      .catch((error: unknown) => this.#log(file, error instanceof Error ? error.message : String(error)))
      .finally(() => {
        this.#pendingBytes -= file.bytes;
        this.#writes.delete(write);
      });
    this.#writes.add(write);
  }

  async #write(file: OpenFile): Promise<void> {
    const { config, name } = this.#endpoint;
    const destination = parseS3Uri(config.DestinationS3Uri);
    if (destination === undefined) {
      throw new Error(`"${config.DestinationS3Uri}" is not an S3 address`);
    }
    const key = captureKey(destination.key, { endpointName: name, ...file }, this.#deps.ids.uuid());
    await this.#refuseWithoutRights({ bucket: destination.bucket, key }, file.variantName);
    const body = Buffer.from(`${file.lines.join("\n")}\n`);
    const { outcome } = await this.#deps.objects.put(destination.bucket, key, body, {
      systemMetadata: { "content-type": "application/jsonl" },
    });
    if (outcome !== "stored") {
      throw new Error(`the bucket ${destination.bucket} does not exist`);
    }
    if (this.#dropped > 0) {
      this.#log(file, `${this.#dropped} calls were not captured: they came faster than they could be stored`);
      this.#dropped = 0;
    }
  }

  /** The variant's model writes with its own role, as on AWS. */
  async #refuseWithoutRights(
    location: { readonly bucket: string; readonly key: string },
    variant: string,
  ): Promise<void> {
    const deployed = this.#endpoint.deployment.variants.find(({ request }) => request.VariantName === variant);
    const roleArn = deployed?.model.request.ExecutionRoleArn ?? "";
    const session = await this.#deps.roles.assume(roleArn, "sagemaker.amazonaws.com", "SageMaker");
    if (session === undefined || !(await session.allows("s3:PutObject", objectArn(location)))) {
      throw new Error(`the role ${roleArn} is not allowed to s3:PutObject on ${objectArn(location)}`);
    }
  }

  #log({ variantName }: OpenFile, line: string): void {
    const { name, scope } = this.#endpoint;
    this.#deps.logs.open(scope, endpointLogGroup(name), `${variantName}/data-capture`).write(`Data capture: ${line}`);
  }
}
