import { connect } from "node:net";
import type { RecordedRequest } from "./recorded-request.ts";

/** What came back over a connection. */
export interface Answer {
  /** Undefined when the server closed the connection without an answer, which it may do with what is no HTTP. */
  readonly status: number | undefined;
  readonly text: string;
}

/** Longer than anything here may take; less than the silence that a server grants a client in the middle of a body. */
const limitMs = 15_000;

/** What goes over a connection. */
export interface Sent {
  readonly bytes: Uint8Array;
  /** Whether it is all that it says it is. Otherwise the client gives up after it, for a server rightly waits for the rest. */
  readonly isWhole: boolean;
}

/** Sends bytes and resolves with the answer. Rejects when none comes and the connection stays. */
export function exchange(port: number, { bytes, isWhole }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    const chunks: Buffer[] = [];
    const finish = (): void => {
      clearTimeout(timer);
      socket.destroy();
      const text = Buffer.concat(chunks).toString("latin1");
      const [, status] = /^(?:HTTP\/1\.1 100 Continue\r\n\r\n)?HTTP\/1\.1 (\d{3})/.exec(text) ?? [];
      resolve({ status: status === undefined ? undefined : Number(status), text });
    };
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error(`no answer within ${limitMs} ms`));
    }, limitMs);
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("end", finish);
    socket.on("error", (error: NodeJS.ErrnoException) => {
      // A server that refuses a body without reading it may cut the connection under it; one that is gone may not.
      if (error.code === "ECONNREFUSED") {
        clearTimeout(timer);
        reject(error);
      }
      finish();
    });
    socket.write(bytes);
    if (!isWhole) {
      socket.end();
    }
  });
}

/** A request as it goes over the socket, with nothing repaired. */
export function requestBytes(request: RecordedRequest, headers: Readonly<Record<string, string>>): Sent {
  const target = request.query === "" ? request.path : `${request.path}?${request.query}`;
  const all = { "content-length": String(request.body.length), connection: "close", ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  const head = Buffer.from(`${request.method} ${target} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
  const isWhole = headers["content-length"] === undefined && headers["transfer-encoding"] === undefined;
  return { bytes: Buffer.concat([head, request.body]), isWhole };
}
