import type { TrainingContext } from "../../algorithm.ts";

/** Lines of Python's `logging` as AWS's container prints them: `[2019-11-30:10:18:35:INFO] …`, in UTC. */
export class ContainerLog {
  readonly #context: Pick<TrainingContext, "log" | "now">;

  constructor(context: Pick<TrainingContext, "log" | "now">) {
    this.#context = context;
  }

  readonly info = (message: string): void => this.#line("INFO", message);
  readonly warning = (message: string): void => this.#line("WARNING", message);

  /** As the C++ library prefixes its lines: `[10:18:35] …`. */
  readonly native = (message: string): void => {
    this.#context.log(`[${this.#context.now().toISOString().slice(11, 19)}] ${message}`);
  };

  /** As it stands. */
  readonly plain = (line: string): void => this.#context.log(line);

  #line(level: string, message: string): void {
    const [date = "", time = ""] = this.#context.now().toISOString().split("T");
    this.#context.log(`[${date}:${time.slice(0, 8)}:${level}] ${message}`);
  }
}
