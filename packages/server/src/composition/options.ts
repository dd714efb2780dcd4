/** How a server is started; the command line fills it in. */
export interface ServerOptions {
  /** Address to listen on. */
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly dataDirectory: string;
  /** Keep nothing; allows `POST /_clary/reset`. */
  readonly ephemeral: boolean;
  /** A directory where an ephemeral server shows its root key and its address; any other has its data directory. */
  readonly announceIn?: string;
  /** Ask to be stopped when the last program that holds the server has gone (`GET /_clary/hold`). */
  readonly untilUnused?: boolean;
  /** Region of requests that name none. */
  readonly region: string;
  /** Twelve digits; chosen at random at the first start when absent. */
  readonly accountId: string | undefined;
  /** `debug`, `info`, `warn`, `error` or `silent`. */
  readonly logLevel: string;
  /** The variables of the process: root key, proxies, where libxgboost is. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The server cannot start, for a reason that whoever started it can mend; `message` says how. */
export class StartError extends Error {
  override readonly name = "StartError";
}
