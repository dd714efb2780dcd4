import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type {
  ComputeBackend,
  RunningWorkload,
  Workload,
  WorkloadExit,
} from "../../../platform/compute/compute-backend.ts";

/** How the containers of a `LoopbackCompute` behave; each test sets what it needs. */
export interface ContainerBehaviour {
  /** Called for each `/ping`; the status it answers. */
  ping?: ((host: LoopbackHost) => number) | undefined;
  /** Called for each `/invocations`; it answers the response itself. */
  invoke?: ((request: ReceivedCall, response: ServerResponse, host: LoopbackHost) => void) | undefined;
  /** What `/execution-parameters` answers; 404 without it. */
  executionParameters?: string | undefined;
  /** What `/clary/flat-model` answers; 404 without it. */
  flatModel?: Uint8Array | undefined;
  /** Called before a container starts; throwing makes the start fail. */
  beforeStart?: ((workload: Workload) => void) | undefined;
  /** Called when a container runs. */
  started?: ((host: LoopbackHost) => void) | undefined;
}

export interface ReceivedCall {
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** A container that a test can look at and kill. */
export interface LoopbackHost {
  readonly workload: Workload;
  readonly calls: ReceivedCall[];
  stoppedWith: number | undefined;
  removed: boolean;
  /** Ends it as a crash would: its connections break. */
  crash(): void;
}

/** A compute backend whose containers are HTTP servers of the test's own process. */
export class LoopbackCompute implements ComputeBackend {
  readonly name = "loopback";
  readonly isolation: readonly string[] = [];
  readonly hosts: LoopbackHost[] = [];
  behaviour: ContainerBehaviour = {};

  /** The containers that run now. */
  get running(): readonly LoopbackHost[] {
    return this.hosts.filter((host) => !host.removed);
  }

  async start(workload: Workload): Promise<RunningWorkload> {
    this.behaviour.beforeStart?.(workload);
    let ended: (exit: WorkloadExit) => void = () => undefined;
    const exit = new Promise<WorkloadExit>((resolve) => {
      ended = resolve;
    });
    const host: LoopbackHost = {
      workload,
      calls: [],
      stoppedWith: undefined,
      removed: false,
      crash: () => end({ code: null, signal: "SIGKILL", outOfMemory: false }),
    };
    const server = createServer((request, response) => void this.#answer(request, response, host));
    const end = (result: WorkloadExit): void => {
      server.closeAllConnections();
      server.close();
      ended(result);
    };
    const port = await listen(server);
    this.hosts.push(host);
    this.behaviour.started?.(host);
    return {
      id: workload.id,
      exit,
      upstream: { origin: `http://127.0.0.1:${port}` },
      stop(graceMs) {
        host.stoppedWith = graceMs;
        end({ code: 0, signal: null, outOfMemory: false });
        return exit;
      },
      async *files() {},
      async remove() {
        host.removed = true;
      },
    };
  }

  reserveMeetingPoint(): Promise<never> {
    return Promise.reject(new Error("model hosts do not meet"));
  }

  async close(): Promise<void> {
    for (const host of this.hosts) {
      host.crash();
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse, host: LoopbackHost): Promise<void> {
    const { ping, invoke, flatModel, executionParameters } = this.behaviour;
    if (request.url === "/ping") {
      response.writeHead(ping?.(host) ?? 200).end();
    } else if (request.url === "/clary/flat-model") {
      response.writeHead(flatModel === undefined ? 404 : 200).end(flatModel);
    } else if (request.url === "/execution-parameters") {
      response.writeHead(executionParameters === undefined ? 404 : 200).end(executionParameters);
    } else if (request.url === "/invocations" && invoke !== undefined) {
      const call = { headers: request.headers, body: await buffer(request) };
      host.calls.push(call);
      invoke(call, response, host);
    } else {
      response.writeHead(404).end();
    }
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}
