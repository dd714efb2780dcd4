import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** What the driver says it called last, and with what. */
export interface Question {
  readonly operation: string;
  readonly sent: unknown;
}

/** What the server makes of that. */
export interface Answer {
  /** How the request was misunderstood; null when it was not. */
  readonly problem: string | null;
  /** The model has no such operation, and the request reached none. */
  readonly unknown: boolean;
  readonly output: unknown;
}

export interface ReportServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Lets the Python driver ask about the request it has just made. */
export async function startReportServer(answer: (question: Question) => Answer): Promise<ReportServer> {
  const server = createServer((request, response) => {
    json(request)
      .then((question) => response.end(JSON.stringify(answer(question as Question))))
      .catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
