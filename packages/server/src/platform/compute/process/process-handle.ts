import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import type { Clock } from "../../clock/clock.ts";
import type { WorkloadExit } from "../compute-backend.ts";
import type { Cgroup } from "./cgroup.ts";
import { killKin } from "./kin.ts";
import { guardFd, infoFd } from "./launch-command.ts";
import { readLines } from "./line-reader.ts";

/** What asks the worker to stop; it comes after the launch message. */
const stopLine = '"stop"\n';

/** Longest wait for output that somebody else still holds open after the process ended. */
const drainMs = 2000;

export interface ProcessOptions {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly cgroup: Cgroup | undefined;
  /** Value of `CLARY_WORKLOAD` in `environment`. */
  readonly mark: string;
  /** The command starts bubblewrap, which tells the pid of the workload. */
  readonly tellsPid: boolean;
  readonly onLine: (line: string) => void | Promise<void>;
  readonly clock: Clock;
}

/** A started process with everything it may start in turn. */
export interface ProcessHandle {
  /** Tells the worker to begin. A process that is already gone takes nothing; its exit says why. */
  launch(message: object): void;
  /** After the exit, its whole group is dead and its output has been handed over. Never rejects. */
  readonly exit: Promise<WorkloadExit>;
  /** SIGTERM to the workload, and the same by the control pipe: a signal is lost on one that does not listen for it yet. */
  terminate(): void;
  /** SIGKILL to the workload and all it started. */
  kill(): void;
}

/** Starts a command in a session of its own, so that a terminal's Ctrl-C is ours alone to pass on. */
export function startProcess(options: ProcessOptions): ProcessHandle {
  const [command = "", ...args] = options.command;
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.environment,
    detached: true,
    stdio: ["pipe", "pipe", "pipe", options.tellsPid ? "pipe" : "ignore", "pipe"],
  });
  const workloadPid = options.tellsPid ? insidePid(child) : Promise.resolve(child.pid);
  // The pipe stays open as long as this server lives: the worker ends itself when it closes.
  const control = child.stdin as Writable;
  control.on("error", () => undefined);
  const told = { launch: false, stop: false };
  return {
    launch: (message) => {
      control.write(`${JSON.stringify(message)}\n${told.stop ? stopLine : ""}`);
      told.launch = true;
    },
    exit: ended(child, options),
    terminate: () => {
      told.stop = true;
      if (told.launch) {
        control.write(stopLine);
      }
      void workloadPid.then((pid) => signalProcess(pid, "SIGTERM"));
    },
    kill: () => {
      signalGroup(child.pid, "SIGKILL");
      void killRelatives(options);
    },
  };
}

async function ended(child: ChildProcess, options: ProcessOptions): Promise<WorkloadExit> {
  const outputs = [child.stdout, child.stderr].filter((stream): stream is Readable => stream !== null);
  const drained = Promise.all(outputs.map((stream) => readLines(stream, options.onLine)));
  const exit = await exited(child);
  signalGroup(child.pid, "SIGKILL");
  await killRelatives(options);
  const outOfMemory = (await options.cgroup?.outOfMemory()) ?? false;
  const deadline = options.clock.schedule(drainMs, () => outputs.forEach((stream) => stream.destroy()));
  await drained.catch(() => undefined);
  deadline.cancel();
  child.stdio[guardFd]?.destroy();
  await options.cgroup?.remove();
  return { ...exit, outOfMemory };
}

/** What left the process group is still in the control group, or carries the workload's mark. */
async function killRelatives({ cgroup, mark }: ProcessOptions): Promise<void> {
  await (cgroup === undefined ? killKin(mark) : cgroup.kill());
}

function exited(child: ChildProcess): Promise<Pick<WorkloadExit, "code" | "signal">> {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
    child.once("error", () => resolve({ code: 127, signal: null }));
  });
}

/** The pid, as we see it, of the process that bubblewrap runs; its own monitor must not get signals meant for the workload. */
async function insidePid(child: ChildProcess): Promise<number | undefined> {
  const stream = child.stdio[infoFd] as Readable;
  let text = "";
  try {
    for await (const chunk of stream) {
      text += String(chunk);
    }
    return (JSON.parse(text) as { "child-pid"?: number })["child-pid"];
  } catch {
    return child.pid;
  }
}

function signalProcess(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid !== undefined) {
    trySignal(pid, signal);
  }
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid !== undefined) {
    trySignal(-pid, signal);
  }
}

function trySignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in the meantime.
  }
}
