import {
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-cloudwatch-logs";
import { bar } from "./bar.ts";
import type { DemoRun } from "./demo-run.ts";

const logGroup = "/aws/sagemaker/TrainingJobs";

/** Follows a training job's log stream: rounds become a progress bar, everything else is shown as it is. */
export class TrainingLog {
  readonly #run: DemoRun;
  readonly #rounds: number;
  #token: string | undefined;
  #roundsSeen = 0;
  #lastRound = "";

  /** `rounds` is how many the job may take; it may stop earlier. */
  constructor(run: DemoRun, rounds: number) {
    this.#run = run;
    this.#rounds = rounds;
  }

  /** Shows what has been written since the last call. */
  async show(): Promise<void> {
    const stream = await this.#streamName();
    if (stream === undefined) {
      return;
    }
    for (;;) {
      const page = await this.#run.clients.logs.send(
        new GetLogEventsCommand({
          logGroupName: logGroup,
          logStreamName: stream,
          startFromHead: true,
          nextToken: this.#token,
        }),
      );
      this.#token = page.nextForwardToken;
      if (page.events === undefined || page.events.length === 0) {
        return;
      }
      for (const event of page.events) {
        this.#showLine(event.message ?? "");
      }
    }
  }

  /** Shows what is left and how far it came. The line after "Best iteration" is the best round's own. */
  async finish(): Promise<void> {
    await this.show();
    if (this.#roundsSeen > 0) {
      const early = this.#roundsSeen < this.#rounds ? ", stopped early" : "";
      const { display } = this.#run;
      const shown = display.paint("cyan", bar(this.#roundsSeen / this.#rounds, 24));
      display.line(`  ${shown} ${this.#roundsSeen}/${this.#rounds} rounds${early}`);
      display.line(`  ${early === "" ? "last" : "best"} round ${readable(this.#lastRound)}`);
    }
  }

  async #streamName(): Promise<string | undefined> {
    const { clients, plan } = this.#run;
    try {
      const streams = await clients.logs.send(
        new DescribeLogStreamsCommand({ logGroupName: logGroup, logStreamNamePrefix: `${plan.name}/`, limit: 1 }),
      );
      return streams.logStreams?.[0]?.logStreamName;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) {
        return undefined;
      }
      throw error;
    }
  }

  #showLine(message: string): void {
    const round = /^\[(\d+)\]#011/.exec(message);
    if (round !== null) {
      this.#lastRound = message;
      this.#roundsSeen = Math.max(this.#roundsSeen, Number(round[1]) + 1);
      this.#run.display.progress(this.#roundsSeen / this.#rounds, readable(message));
    } else if (message.trim() !== "") {
      this.#run.display.log(message);
    }
  }
}

/** XGBoost's round, whose tabs the log writes as `#011`. */
function readable(message: string): string {
  return message.replaceAll("#011", "  ");
}
