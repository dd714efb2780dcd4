// A lean closed-loop load generator: each connection has one request in flight and reads only what it must of the answer,
// so that the machine's cores go to the server under test. Requests are made beforehand; every one is distinct.
import { connect } from "node:net";

/**
 * @typedef {{ requests: number, seconds: number, perSecond: number, p50: number, p99: number, failures: number }} LoadResult
 */

/**
 * Sends every request once over `connections` keep-alive connections and resolves with rate and latencies (ms).
 * @param {{ port: number, connections: number, requests: Uint8Array[] }} load
 * @returns {Promise<LoadResult>}
 */
export async function runLoad({ port, connections, requests }) {
  const latencies = new Float64Array(requests.length);
  const state = { next: 0, done: 0, failures: 0 };
  const begin = performance.now();
  await Promise.all(Array.from({ length: connections }, () => drive(port, requests, latencies, state)));
  const seconds = (performance.now() - begin) / 1000;
  const sorted = latencies.slice(0, state.done).sort();
  return {
    requests: state.done,
    seconds,
    perSecond: state.done / seconds,
    p50: sorted[sorted.length >> 1] ?? Number.NaN,
    p99: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
    failures: state.failures,
  };
}

/**
 * One connection, and a new one where the server closes it after each answer (moto_server does).
 * @param {number} port
 * @param {Uint8Array[]} requests
 * @param {Float64Array} latencies
 * @param {{ next: number, done: number, failures: number }} state
 * @returns {Promise<void>}
 */
async function drive(port, requests, latencies, state) {
  while (state.next < requests.length) {
    await driveConnection(port, requests, latencies, state);
  }
}

/**
 * Resolves when there is nothing left to send, or the server has closed the connection after an answer.
 * @param {number} port
 * @param {Uint8Array[]} requests
 * @param {Float64Array} latencies
 * @param {{ next: number, done: number, failures: number }} state
 * @returns {Promise<void>}
 */
function driveConnection(port, requests, latencies, state) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    const reader = new AnswerReader();
    let sentAt = 0;
    let waiting = false;
    const send = () => {
      const request = requests[state.next++];
      if (request === undefined) {
        socket.end();
        resolve();
        return;
      }
      waiting = true;
      sentAt = performance.now();
      socket.write(request);
    };
    socket.on("connect", send);
    socket.on("error", reject);
    socket.on("close", () => (waiting ? reject(new Error("the connection ended without an answer")) : resolve()));
    socket.on("data", (chunk) => {
      const status = reader.push(chunk);
      if (status === undefined) {
        return;
      }
      waiting = false;
      latencies[state.done++] = performance.now() - sentAt;
      state.failures += status >= 200 && status < 300 ? 0 : 1;
      if (!reader.closes) {
        send();
      }
    });
  });
}

/** Finds the end of one HTTP/1.1 answer: by content-length, or by the last chunk. */
class AnswerReader {
  #head = Buffer.alloc(0);
  #status = 0;
  #missing = -1;
  #tail = "";
  /** The answer says that the connection ends with it. */
  closes = false;

  /** @param {Buffer} chunk @returns {number | undefined} the status once the answer is complete */
  push(chunk) {
    if (this.#status === 0) {
      chunk = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk]);
      const end = chunk.indexOf("\r\n\r\n");
      if (end < 0) {
        this.#head = chunk;
        return undefined;
      }
      this.#readHead(chunk.latin1Slice(0, end));
      chunk = chunk.subarray(end + 4);
    }
    return this.#readBody(chunk) ? this.#finish() : undefined;
  }

  /** @param {string} head */
  #readHead(head) {
    this.#status = Number(head.slice(9, 12));
    const length = /\r\ncontent-length: *(\d+)/i.exec(head);
    this.#missing = length === null ? (this.#status === 204 ? 0 : -1) : Number(length[1]);
    this.closes = /\r\nconnection: *close/i.test(head);
  }

  /** @param {Buffer} chunk */
  #readBody(chunk) {
    if (this.#missing >= 0) {
      this.#missing -= chunk.length;
      return this.#missing <= 0;
    }
    this.#tail = (this.#tail + chunk.latin1Slice()).slice(-5);
    return this.#tail === "0\r\n\r\n";
  }

  #finish() {
    const status = this.#status;
    this.#head = Buffer.alloc(0);
    this.#status = 0;
    this.#missing = -1;
    this.#tail = "";
    return status;
  }
}
