import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { ResolvedImage } from "../../images/image-catalog.ts";
import { ComputeError } from "../compute-backend.ts";

/** What workers of an image need beside their own packages. */
export interface PreparedImage {
  readonly environment: Readonly<Record<string, string>>;
  readonly readablePaths: readonly string[];
}

/** Longest time for fetching what an image needs, as pulling an image may take. */
const timeoutMs = 10 * 60_000;

/** Prepares images, each algorithm's version once as long as the server lives; a failure is tried again by the next workload. */
export class PreparedImages {
  readonly #main: string | undefined;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #known = new Map<string, Promise<PreparedImage>>();

  /** Without a `main`, no image needs anything. */
  constructor(main: string | undefined, environment: Readonly<Record<string, string>>) {
    this.#main = main;
    this.#environment = environment;
  }

  /** @throws ComputeError with what the preparation said last. */
  async get(image: ResolvedImage): Promise<PreparedImage> {
    const name = `${image.algorithm} ${image.version}`;
    const known = this.#known.get(name);
    if (known !== undefined) {
      return await known;
    }
    const prepared = this.#prepare(image);
    this.#known.set(name, prepared);
    prepared.catch(() => this.#known.delete(name));
    return await prepared;
  }

  async #prepare({ algorithm, version }: ResolvedImage): Promise<PreparedImage> {
    if (this.#main === undefined) {
      return { environment: {}, readablePaths: [] };
    }
    const child = spawn(process.execPath, [this.#main, algorithm, version], {
      env: this.#environment,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: timeoutMs,
      killSignal: "SIGKILL",
    });
    const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
    if (code !== 0) {
      throw new ComputeError(errors.trim().split("\n").at(-1) ?? `preparing ${algorithm} ${version} failed`);
    }
    return JSON.parse(output) as PreparedImage;
  }
}
