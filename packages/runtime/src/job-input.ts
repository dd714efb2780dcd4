import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Channel, distributions, inputModes, openChannel } from "./channel.ts";
import { mlPaths } from "./ml-root.ts";

/** Which hosts a job has and which one this is (`resourceconfig.json`). */
export interface ResourceConfig {
  readonly currentHost: string;
  /** Sorted; never empty. */
  readonly hosts: readonly string[];
  readonly networkInterfaceName: string;
  readonly currentInstanceType: string | undefined;
}

/** Everything `/opt/ml/input` tells a training job. */
export interface JobInput {
  readonly hyperparameters: Readonly<Record<string, string>>;
  /** In the order of the request. */
  readonly channels: readonly Channel[];
  readonly resources: ResourceConfig;
  /** Where checkpoints are kept across attempts; undefined when the job has no checkpoint configuration. */
  readonly checkpointDirectory: string | undefined;
}

/** Reads the configuration files below `root`. A missing file means its defaults; a malformed one is an error naming it. */
export async function readJobInput(root: string): Promise<JobInput> {
  const config = join(root, mlPaths.config);
  const [hyperparameters, channels, resources, checkpoints] = await Promise.all([
    readConfig<Record<string, unknown>>(config, "hyperparameters.json"),
    readConfig<Record<string, ChannelConfig>>(config, "inputdataconfig.json"),
    readConfig<WireResourceConfig>(config, "resourceconfig.json"),
    readConfig<{ LocalPath?: string }>(config, "checkpointconfig.json"),
  ]);
  return {
    hyperparameters: Object.fromEntries(
      Object.entries(hyperparameters ?? {}).map(([name, value]) => [name, text(value)]),
    ),
    channels: Object.entries(channels ?? {}).map(([name, entry]) => channelOf(root, name, entry)),
    resources: resourceConfigOf(resources ?? {}),
    checkpointDirectory: checkpoints === undefined ? undefined : localPath(root, checkpoints.LocalPath),
  };
}

interface ChannelConfig {
  readonly ContentType?: string;
  readonly TrainingInputMode?: string;
  readonly S3DistributionType?: string;
}

interface WireResourceConfig {
  readonly current_host?: string;
  readonly hosts?: readonly string[];
  readonly network_interface_name?: string;
  readonly current_instance_type?: string;
}

function channelOf(root: string, name: string, entry: ChannelConfig): Channel {
  return openChannel(join(root, mlPaths.data), {
    name,
    contentType: entry.ContentType,
    inputMode: oneOf(inputModes, entry.TrainingInputMode),
    distribution: oneOf(distributions, entry.S3DistributionType),
  });
}

/** The given value when it is a known one, else the first, which is AWS's default. */
function oneOf<T extends string>(known: readonly [T, ...T[]], value: string | undefined): T {
  return known.find((candidate) => candidate === value) ?? known[0];
}

function resourceConfigOf(wire: WireResourceConfig): ResourceConfig {
  const currentHost = wire.current_host ?? "algo-1";
  return {
    currentHost,
    hosts: (wire.hosts ?? [currentHost]).toSorted(),
    networkInterfaceName: wire.network_interface_name ?? "eth0",
    currentInstanceType: wire.current_instance_type,
  };
}

/** A path of the job's contract, `/opt/ml/…`, as this process reaches it. */
function localPath(root: string, path: string | undefined): string {
  if (path === undefined || !(path === "/opt/ml" || path.startsWith("/opt/ml/"))) {
    return path ?? join(root, mlPaths.checkpoints);
  }
  return join(root, path.slice("/opt/ml".length));
}

async function readConfig<T>(directory: string, file: string): Promise<T | undefined> {
  const content = await readFile(join(directory, file), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") {
      return undefined;
    }
    throw error;
  });
  if (content === undefined) {
    return undefined;
  }
  try {
    return JSON.parse(content) as T;
  } catch (error) {
    throw new Error(`${join(directory, file)} is not JSON`, { cause: error });
  }
}

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
