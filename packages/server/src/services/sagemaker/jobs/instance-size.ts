/** What an instance type promises to the workloads on it. */
export interface InstanceSize {
  readonly cpus: number;
  readonly memoryBytes: number;
}

const gibibyte = 2 ** 30;

/** GiB per vCPU of the families, by EC2's own tables; others are taken for general purpose, which is 4. */
const memoryPerCpu: Readonly<Record<string, number>> = {
  c4: 1.875,
  c5: 2,
  c6i: 2,
  c7i: 2,
  c5n: 2.625,
  r5: 8,
  r6i: 8,
  r7i: 8,
  p2: 15.25,
  p3: 7.625,
};

/** Sizes that are no multiple of `xlarge`. */
const smallSizes: Readonly<Record<string, InstanceSize>> = {
  "t2.medium": { cpus: 2, memoryBytes: 4 * gibibyte },
  "t3.medium": { cpus: 2, memoryBytes: 4 * gibibyte },
  "t2.large": { cpus: 2, memoryBytes: 8 * gibibyte },
  "t3.large": { cpus: 2, memoryBytes: 8 * gibibyte },
};

/** vCPUs and memory of `ml.m5.xlarge` and the like; undefined for a type without a size in its name. */
export function instanceSize(type: string): InstanceSize | undefined {
  const [family = "", size = ""] = type.replace(/^ml\./, "").split(".");
  const small = smallSizes[`${family}.${size}`];
  if (small !== undefined) {
    return small;
  }
  const cpus = cpusOf(size);
  return cpus === undefined ? undefined : { cpus, memoryBytes: cpus * (memoryPerCpu[family] ?? 4) * gibibyte };
}

function cpusOf(size: string): number | undefined {
  if (size === "medium") {
    return 1;
  }
  if (size === "large") {
    return 2;
  }
  const match = /^(\d*)xlarge$/.exec(size);
  return match === null ? undefined : 4 * Number(match[1] === "" ? 1 : match[1]);
}
