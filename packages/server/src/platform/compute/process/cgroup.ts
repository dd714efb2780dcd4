/** Limits of one workload; an absent one is not set. */
export interface CgroupLimits {
  readonly memoryBytes?: number;
  readonly cpus?: number;
  readonly pids: number;
}

/** The control group of one workload, whatever version the kernel offers. */
export interface Cgroup {
  /** A process joins by writing its pid into each of these. */
  readonly procsFiles: readonly string[];
  /** Sets its limits; a process may be in it already. */
  limit(limits: CgroupLimits): Promise<void>;
  /** Whether the kernel killed a process of it for memory. */
  outOfMemory(): Promise<boolean>;
  /** Kills every process in it. */
  kill(): Promise<void>;
  /** Removes it; waits for the kernel to let go of processes that were just killed. */
  remove(): Promise<void>;
}

/** Where one server makes its workloads' control groups. */
export interface CgroupTree {
  /** For `ComputeBackend.isolation`. */
  readonly name: "cgroup v1" | "cgroup v2";
  /** A group without limits. */
  create(id: string): Promise<Cgroup>;
  /** Kills and removes what an earlier server of the same data directory left. */
  sweep(): Promise<void>;
  /** Removes the tree itself; its groups are gone by then. */
  remove(): Promise<void>;
}
