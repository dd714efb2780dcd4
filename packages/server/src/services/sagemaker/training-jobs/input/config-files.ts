import type { WorkloadFile } from "../../../../platform/compute/compute-backend.ts";
import type { TrainingJobBody } from "../training-job-record.ts";
import type { ChannelInput } from "./channel-input.ts";
import type { TrainingHost } from "../run/training-hosts.ts";

/** The files below `input/config`, as AWS's containers read them. */
export function configFiles(
  request: TrainingJobBody["request"],
  channels: readonly ChannelInput[],
  hosts: readonly TrainingHost[],
  current: TrainingHost,
): readonly WorkloadFile[] {
  const checkpoints = request.CheckpointConfig;
  return [
    json("hyperparameters.json", request.HyperParameters ?? {}),
    json(
      "inputdataconfig.json",
      Object.fromEntries(channels.map((input) => [input.channel.ChannelName, channelConfig(input)])),
    ),
    json("resourceconfig.json", resourceConfig(hosts, current)),
    ...(checkpoints === undefined
      ? []
      : [
          json("checkpointconfig.json", {
            S3Uri: checkpoints.S3Uri,
            LocalPath: checkpoints.LocalPath ?? "/opt/ml/checkpoints",
          }),
        ]),
  ];
}

/** The distribution's key has another name here than in the API. */
function channelConfig({ channel, inputMode }: ChannelInput): object {
  return {
    ...(channel.ContentType === undefined ? {} : { ContentType: channel.ContentType }),
    TrainingInputMode: inputMode,
    S3DistributionType: channel.DataSource.S3DataSource?.S3DataDistributionType ?? "FullyReplicated",
    RecordWrapperType: channel.RecordWrapperType ?? "None",
  };
}

function resourceConfig(hosts: readonly TrainingHost[], current: TrainingHost): object {
  const groups = new Map<string, { readonly instance_type: string; readonly hosts: string[] }>();
  for (const host of hosts) {
    const group = groups.get(host.group) ?? { instance_type: host.instanceType, hosts: [] };
    group.hosts.push(host.name);
    groups.set(host.group, group);
  }
  return {
    current_host: current.name,
    current_instance_type: current.instanceType,
    current_group_name: current.group,
    hosts: hosts.map((host) => host.name).toSorted(byCodeUnits),
    instance_groups: [...groups].map(([instance_group_name, group]) => ({ instance_group_name, ...group })),
    network_interface_name: "eth0",
  };
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : 1;
}

function json(file: string, value: object): WorkloadFile {
  return { path: `input/config/${file}`, content: Buffer.from(JSON.stringify(value)) };
}
