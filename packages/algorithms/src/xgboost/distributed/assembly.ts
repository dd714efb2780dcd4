import { createServer, type Server, Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { MeetingPoint } from "../../algorithm.ts";
import { PlatformError } from "../../failures.ts";
import { JsonLines } from "./json-lines.ts";

/** What a host tells the others before training. */
export interface HostReport {
  readonly host: string;
  /** Whether it has rows to train on. */
  readonly participates: boolean;
}

/** What all hosts then know: who trains, in order of rank, and what the communicator needs. */
export interface Plan {
  readonly participants: readonly string[];
  readonly communicator: Readonly<Record<string, string | number>>;
}

/** A host's tie to the others until all are done. */
export interface Membership {
  readonly plan: Plan;
  /** Says that this host is done; resolves when every host is. */
  leave(): Promise<void>;
}

export interface AssemblyOptions {
  readonly hosts: readonly string[];
  readonly meetingPoint: MeetingPoint;
  readonly stop: AbortSignal;
}

const CONNECT_INTERVAL_MS = 200;

/**
 * The first host's side: waits for the report of every other host, makes the plan, and hands it out. Throws PlatformError
 * when a host leaves before.
 */
export async function convene(
  own: HostReport,
  options: AssemblyOptions,
  makePlan: (participants: readonly string[]) => Promise<Plan>,
): Promise<Membership> {
  const others = options.hosts.length - 1;
  const server = await listen(options.meetingPoint);
  try {
    const lines = await collect(server, others, options.stop);
    const reports = [own, ...(await Promise.all(lines.map((line) => line.read<HostReport>())))];
    const participating = reports.filter(({ participates }) => participates).map(({ host }) => host);
    const plan = await makePlan(options.hosts.filter((host) => participating.includes(host)));
    lines.forEach((line) => line.write(plan));
    return {
      plan,
      leave: async () => {
        await Promise.all(lines.map((line) => line.read()));
        lines.forEach((line) => line.write({ done: true }));
        lines.forEach((line) => line.end());
        server.close();
      },
    };
  } catch (error) {
    server.close();
    throw error;
  }
}

/** Every other host's side: reports, and takes the plan. Tries to connect until the first host listens. */
export async function attend(own: HostReport, options: AssemblyOptions): Promise<Membership> {
  const lines = new JsonLines(await connect(options));
  lines.write(own);
  const plan = await lines.read<Plan>();
  return {
    plan,
    leave: async () => {
      lines.write({ done: true });
      await lines.read();
      lines.end();
    },
  };
}

function listen({ port }: MeetingPoint): Promise<Server> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(new PlatformError(`Hosts cannot meet at port ${port}: ${error.message}`)));
    server.listen(port, () => resolve(server));
  });
}

function collect(server: Server, count: number, stop: AbortSignal): Promise<JsonLines[]> {
  const lines: JsonLines[] = [];
  return new Promise((resolve, reject) => {
    stop.addEventListener("abort", () => reject(stoppedEarly()), { once: true });
    server.on("connection", (socket) => {
      lines.push(new JsonLines(socket));
      if (lines.length === count) {
        resolve(lines);
      }
    });
  });
}

async function connect({ meetingPoint, stop }: AssemblyOptions): Promise<Socket> {
  while (!stop.aborted) {
    const socket = await tryConnect(meetingPoint);
    if (socket !== undefined) {
      return socket;
    }
    await delay(CONNECT_INTERVAL_MS);
  }
  throw stoppedEarly();
}

function tryConnect({ address, port }: MeetingPoint): Promise<Socket | undefined> {
  const socket = new Socket();
  return new Promise((resolve) => {
    socket.once("error", () => resolve(undefined));
    socket.connect(port, address, () => {
      socket.removeAllListeners("error");
      resolve(socket);
    });
  });
}

function stoppedEarly(): PlatformError {
  return new PlatformError("The job was stopped while its hosts were looking for each other.");
}
