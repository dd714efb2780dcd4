import { ComputeError, type Workload, type WorkloadFile } from "../../../../platform/compute/compute-backend.ts";
import type { Scope } from "../../../../platform/scope.ts";
import { trainingJobArn } from "../../arns.ts";
import type { LogSink, SageMakerDeps } from "../../deps.ts";
import { LastLines } from "../../jobs/last-lines.ts";
import { hostInput, type ChannelInput } from "../input/channel-input.ts";
import { configFiles } from "../input/config-files.ts";
import { instanceSize } from "../../jobs/instance-size.ts";
import { type TrainingJobBody, trainingImage } from "../training-job-record.ts";
import type { HostRun } from "./host-run.ts";
import type { MetricWatcher } from "./metric-watcher.ts";
import { clientError, platformError } from "../../jobs/job-failure.ts";
import { type TrainingHost, trainingHosts } from "./training-hosts.ts";

/** What one attempt's hosts are started with. */
export interface HostPlan {
  readonly scope: Scope;
  readonly attempt: number;
  readonly body: TrainingJobBody;
  readonly inputs: readonly ChannelInput[];
  readonly checkpoints: readonly WorkloadFile[];
  /** Of the job's role; for the containers' environment. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly metrics: MetricWatcher;
  readonly signal: AbortSignal;
}

/** AWS's log group of all training jobs. */
const logGroup = "/aws/sagemaker/TrainingJobs";

/** Lines after which a container's output waits until they are stored: one that floods its log must not fill our memory. */
const linesAhead = 2000;

/**
 * Starts all hosts of a job, each with its part of the input. When one cannot be started, none is left running.
 * @throws JobFailure
 */
export async function startHosts(plan: HostPlan, deps: SageMakerDeps): Promise<readonly HostRun[]> {
  const hosts = trainingHosts(plan.body.request);
  const first = hosts[0];
  const meetingPoint =
    hosts.length > 1 && first !== undefined
      ? await deps.compute.reserveMeetingPoint(workloadId(plan, first))
      : undefined;
  const started = await Promise.allSettled(
    hosts.map((host) =>
      startHost(plan, { host, hosts, ...(meetingPoint === undefined ? {} : { meetingPoint }) }, deps),
    ),
  );
  const running = started.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const failed = started.find((result) => result.status === "rejected");
  if (failed === undefined) {
    return running;
  }
  await Promise.all(running.map(endHost));
  throw startFailure(failed.reason);
}

/** Stops what still runs of a host and deletes what it left. */
export async function endHost({ workload }: HostRun): Promise<void> {
  await workload.stop(0);
  await workload.remove();
}

interface HostSetting extends Pick<Workload, "meetingPoint"> {
  readonly host: TrainingHost;
  readonly hosts: readonly TrainingHost[];
}

async function startHost(plan: HostPlan, setting: HostSetting, deps: SageMakerDeps): Promise<HostRun> {
  const { host, hosts } = setting;
  const { request } = plan.body;
  const image = deps.images.resolve(trainingImage(request));
  if (image === undefined) {
    throw clientError(`Nothing here can run the image ${trainingImage(request)} any more`);
  }
  const sink = deps.logs.open(plan.scope, logGroup, streamName(plan.body, host));
  const lines = new LastLines();
  const inputs = plan.inputs
    .filter((input) => isFor(input, host))
    .map((input) => hostInput(input, { index: host.index, count: hosts.length }, deps.objects, plan.signal));
  announceCopies(plan.inputs, sink);
  const size = instanceSize(host.instanceType);
  const workload = await deps.compute.start({
    id: workloadId(plan, host),
    image,
    command: "train",
    environment: environmentOf(plan, host),
    files: [
      ...configFiles(request, plan.inputs, hosts, host),
      ...plan.checkpoints,
      ...inputs.flatMap(({ files }) => files),
    ],
    pipes: inputs.flatMap(({ pipes }) => pipes),
    ...(size === undefined ? {} : size),
    ...(setting.meetingPoint === undefined ? {} : { meetingPoint: setting.meetingPoint }),
    onLine: lineTaker(plan, { sink, lines }, deps),
  });
  return { host, workload, sink, lines };
}

function lineTaker(
  { metrics }: HostPlan,
  { sink, lines }: Pick<HostRun, "sink" | "lines">,
  { clock }: SageMakerDeps,
): Workload["onLine"] {
  let taken = 0;
  return (line) => {
    sink.write(line);
    lines.add(line);
    metrics.add(line.replaceAll("\t", "#011"), clock.now());
    return ++taken % linesAhead === 0 ? sink.flush() : undefined;
  };
}

/** Unique also across attempts and later jobs of the same name. */
function workloadId(plan: HostPlan, host: TrainingHost): string {
  return `${plan.body.request.TrainingJobName}-${createdAt(plan.body).toString(36)}-${plan.attempt}-${host.name}`;
}

/** The same for all attempts: clients look for as many streams as the job has instances. */
function streamName(body: TrainingJobBody, host: TrainingHost): string {
  return `${body.request.TrainingJobName}/${host.name}-${Math.floor(createdAt(body) / 1000)}`;
}

function createdAt(body: TrainingJobBody): number {
  return body.transitions[0]?.StartTime.getTime() ?? 0;
}

function environmentOf({ scope, body, credentials }: HostPlan, host: TrainingHost): Readonly<Record<string, string>> {
  const { TrainingJobName: name, Environment: own } = body.request;
  return {
    AWS_REGION: scope.region,
    AWS_DEFAULT_REGION: scope.region,
    CURRENT_HOST: host.name,
    ...own,
    TRAINING_JOB_NAME: name,
    TRAINING_JOB_ARN: trainingJobArn(scope, name),
    ...credentials,
  };
}

/** A channel may name the instance groups that get it. */
function isFor({ channel }: ChannelInput, host: TrainingHost): boolean {
  const groups = channel.DataSource.S3DataSource?.InstanceGroupNames;
  return groups === undefined || groups.length === 0 || groups.includes(host.group);
}

function announceCopies(inputs: readonly ChannelInput[], sink: LogSink): void {
  for (const { channel, inputMode } of inputs) {
    if (inputMode === "FastFile") {
      sink.write(
        `Channel ${channel.ChannelName}: input mode FastFile is served by copying all objects before training starts.`,
      );
    }
  }
}

/** A file of the user's that cannot be written is the user's turn; all else that keeps a host from starting is ours. */
function startFailure(error: unknown): unknown {
  if (!(error instanceof ComputeError)) {
    return error;
  }
  return error.message.startsWith("cannot write input/data/")
    ? clientError(`Data download failed: ${error.message}`, error)
    : platformError(error.message, error);
}
