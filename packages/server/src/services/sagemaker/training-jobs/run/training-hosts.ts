import type { TrainingJobBody } from "../training-job-record.ts";

/** One instance of a job. */
export interface TrainingHost {
  /** `algo-1`, `algo-2` … */
  readonly name: string;
  /** From 0. */
  readonly index: number;
  readonly instanceType: string;
  /** Name of its instance group; jobs without groups have the one AWS gives them. */
  readonly group: string;
}

/** The hosts that a job's ResourceConfig asks for; at least one. */
export function trainingHosts({ ResourceConfig: resources }: TrainingJobBody["request"]): readonly TrainingHost[] {
  const groups = resources?.InstanceGroups ?? [];
  const asked =
    groups.length > 0
      ? groups.map((group) => ({
          group: group.InstanceGroupName,
          instanceType: group.InstanceType,
          count: group.InstanceCount,
        }))
      : [
          {
            group: "homogeneousCluster",
            instanceType: resources?.InstanceType ?? "",
            count: resources?.InstanceCount ?? 1,
          },
        ];
  return asked
    .flatMap(({ group, instanceType, count }) => Array.from({ length: count }, () => ({ group, instanceType })))
    .map((host, index) => ({ ...host, index, name: `algo-${index + 1}` }));
}
