import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { WorkloadFile, WorkloadPipe } from "../../../../platform/compute/compute-backend.ts";
import type { ObjectStore } from "../../../../platform/objects/object-store.ts";
import { s3Uri } from "../../s3-uri.ts";
import { clientError } from "../../jobs/job-failure.ts";
import type { TrainingChannelRequest } from "../training-job-record.ts";
import type { ChannelObject } from "./channel-objects.ts";
import { recordIoFrames } from "./record-io-frames.ts";
import { shuffled } from "./shuffle.ts";

/** A channel with its objects, before it is known which host gets which. */
export interface ChannelInput {
  readonly channel: TrainingChannelRequest;
  readonly inputMode: "File" | "FastFile" | "Pipe";
  readonly objects: readonly ChannelObject[];
}

/** One of the hosts of a job. */
export interface HostPlace {
  readonly index: number;
  readonly count: number;
}

/** What a host gets of a channel: files, or in Pipe mode a pipe. */
export interface HostInput {
  readonly files: readonly WorkloadFile[];
  readonly pipes: readonly WorkloadPipe[];
}

export function hostInput(input: ChannelInput, host: HostPlace, store: ObjectStore, signal: AbortSignal): HostInput {
  const name = input.channel.ChannelName;
  if (input.inputMode === "Pipe") {
    const open = async (epoch: number): Promise<Readable> =>
      Readable.from(pipeBytes(input, objectsOf(input, host, epoch), store, signal), { objectMode: false });
    return { files: [], pipes: [{ channel: name, open }] };
  }
  const files = objectsOf(input, host, 0).map((object) => ({
    path: `input/data/${name}/${object.path}`,
    content: () => openObject(object, store, signal),
  }));
  return { files, pipes: [] };
}

/** A host's objects: all, or each `count`-th when the channel is sharded; the order changes with the epoch when it is shuffled. */
function objectsOf(input: ChannelInput, host: HostPlace, epoch: number): readonly ChannelObject[] {
  const seed = input.channel.ShuffleConfig?.Seed;
  const ordered = seed === undefined ? input.objects : shuffled(input.objects, seed + epoch);
  const sharded = input.channel.DataSource.S3DataSource?.S3DataDistributionType === "ShardedByS3Key";
  return sharded ? ordered.filter((_, index) => index % host.count === host.index) : ordered;
}

async function* pipeBytes(
  input: ChannelInput,
  objects: readonly ChannelObject[],
  store: ObjectStore,
  signal: AbortSignal,
): AsyncIterable<Buffer> {
  const isGzip = input.channel.CompressionType === "Gzip";
  for (const object of objects) {
    const stored = await openObject(object, store, signal);
    const bytes = isGzip ? stored.compose(createGunzip()) : stored;
    yield* input.channel.RecordWrapperType === "RecordIO"
      ? recordIoFrames(bytes, isGzip ? undefined : object.size, s3Uri(object))
      : (bytes as AsyncIterable<Buffer>);
  }
}

/** The bytes of an object as it is now. They stop when `signal` aborts. */
async function openObject(object: ChannelObject, store: ObjectStore, signal: AbortSignal): Promise<Readable> {
  signal.throwIfAborted();
  const open = await store.open(object.bucket, object.key);
  if (open === undefined) {
    throw clientError(`Data download failed: ${s3Uri(object)} was deleted while the job read its input`);
  }
  const stream = open.stream();
  const abort = (): void => void stream.destroy(signal.reason as Error);
  signal.addEventListener("abort", abort, { once: true });
  stream.once("close", () => {
    signal.removeEventListener("abort", abort);
    void open.close();
  });
  return stream;
}
