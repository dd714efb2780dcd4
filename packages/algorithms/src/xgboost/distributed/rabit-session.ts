import type { Socket } from "node:net";
import { RabitConnection } from "./rabit-connection.ts";
import { type RabitLinks, rabitTopology } from "./rabit-topology.ts";

/** First number of each side's first message. */
const MAGIC = 0xff99;
const MAX_TEXT = 1024;

/** A process that waits for its rank. */
interface Applicant {
  readonly connection: RabitConnection;
  readonly address: string;
  readonly task: string;
}

/** A process that has its rank and still expects others to connect to it. */
interface Listener {
  readonly address: string;
  readonly port: number;
  expected: number;
}

/**
 * The tracker's side of rabit's protocol, for one training: waits until all processes have applied, gives each a rank in
 * the order of their task ids, and tells it to whom to connect. Source: XGBoost's Python tracker of 1.7.
 */
export class RabitSession {
  readonly #processes: number;
  readonly #links: readonly RabitLinks[];
  readonly #applicants: Applicant[] = [];
  readonly #listeners = new Map<number, Listener>();

  constructor(processes: number) {
    this.#processes = processes;
    this.#links = rabitTopology(processes);
  }

  /** Serves one connection to its end. */
  async serve(socket: Socket): Promise<void> {
    const connection = new RabitConnection(socket);
    if ((await connection.readInt()) !== MAGIC) {
      socket.destroy();
      return;
    }
    connection.writeInt(MAGIC);
    await connection.readInt(); // the rank it believes to have
    await connection.readInt(); // the number of processes it believes in
    const task = await connection.readText(MAX_TEXT);
    const command = await connection.readText(MAX_TEXT);
    if (command !== "start") {
      // `print` and `shutdown` need no answer.
      socket.end();
      return;
    }
    this.#applicants.push({ connection, address: peerAddress(socket), task });
    if (this.#applicants.length === this.#processes) {
      await this.#assignAll();
    }
  }

  /** One after the other: each is told only of those that listen already. */
  async #assignAll(): Promise<void> {
    const inOrder = this.#applicants.toSorted((a, b) => (a.task < b.task ? -1 : 1));
    for (const [rank, applicant] of inOrder.entries()) {
      await this.#assign(rank, applicant);
    }
  }

  async #assign(rank: number, { connection, address }: Applicant): Promise<void> {
    const links = this.#links[rank];
    if (links === undefined) {
      return;
    }
    const ringPrevious = links.previous === rank ? -1 : links.previous;
    const ringNext = links.next === rank ? -1 : links.next;
    const neighbours = new Set([...links.tree, ringPrevious, ringNext].filter((peer) => peer >= 0));
    connection.writeInts([rank, links.parent, this.#processes, links.tree.length, ...links.tree]);
    connection.writeInts([ringPrevious, ringNext]);
    for (;;) {
      const connected = await readSet(connection);
      const missing = [...neighbours].filter((peer) => !connected.has(peer));
      const reachable = missing.filter((peer) => this.#listeners.has(peer));
      this.#sendPeers(connection, reachable, missing.length - reachable.length);
      // A process that could not reach its peers says how many failed, and starts again.
      if ((await connection.readInt()) === 0) {
        const port = await connection.readInt();
        this.#countConnections(reachable);
        this.#listen(rank, { address, port, expected: missing.length - reachable.length });
        return;
      }
    }
  }

  #sendPeers(connection: RabitConnection, peers: readonly number[], later: number): void {
    connection.writeInts([peers.length, later]);
    for (const peer of peers) {
      const listener = this.#listeners.get(peer);
      connection.writeText(listener?.address ?? "");
      connection.writeInts([listener?.port ?? 0, peer]);
    }
  }

  #countConnections(peers: readonly number[]): void {
    for (const peer of peers) {
      const listener = this.#listeners.get(peer);
      if (listener !== undefined && --listener.expected === 0) {
        this.#listeners.delete(peer);
      }
    }
  }

  #listen(rank: number, listener: Listener): void {
    if (listener.expected > 0) {
      this.#listeners.set(rank, listener);
    }
  }
}

async function readSet(connection: RabitConnection): Promise<Set<number>> {
  const count = await connection.readInt();
  const members = new Set<number>();
  for (let index = 0; index < count; index++) {
    members.add(await connection.readInt());
  }
  return members;
}

function peerAddress(socket: Socket): string {
  return (socket.remoteAddress ?? "127.0.0.1").replace(/^::ffff:/, "");
}
