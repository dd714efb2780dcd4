import type { Clock } from "../clock/clock.ts";
import type { Scope } from "../scope.ts";
import type { LogEvent, LogStore } from "./log-store.ts";

/** Where jobs and model hosts write their lines. Groups and streams are made on first use. */
export interface LogSinks {
  open(scope: Scope, group: string, stream: string): LogSink;
}

export interface LogSink {
  /** Takes one line; it becomes readable in order. Tabs are stored as `#011`, as CloudWatch shows them. */
  write(line: string): void;
  /** Resolves when every line written so far can be read. */
  flush(): Promise<void>;
}

/** CloudWatch Logs takes no longer messages. */
const longestMessage = 256 * 1024 - 26;
/** Lines kept while the store cannot take them (a full disk); then the oldest go, and a line says how many. */
const mostWaiting = 100_000;
const mostPerBatch = 1000;
const retryAfterMs = 1000;

export function logSinks(store: LogStore, clock: Clock): LogSinks {
  return {
    open: (scope, group, stream) => new BatchingSink(store, clock, { scope, group, stream }),
  };
}

interface SinkAddress {
  readonly scope: Scope;
  readonly group: string;
  readonly stream: string;
}

/** One append at a time; each takes what was written during the last one. */
class BatchingSink implements LogSink {
  readonly #store: LogStore;
  readonly #clock: Clock;
  readonly #address: SinkAddress;
  #waiting: LogEvent[] = [];
  #dropped = 0;
  #lastTimestamp = 0;
  #sending: Promise<void> | undefined;

  constructor(store: LogStore, clock: Clock, address: SinkAddress) {
    this.#store = store;
    this.#clock = clock;
    this.#address = address;
  }

  write(line: string): void {
    // Readers resume by time: a line must never come before one that they may have read, also when the clock was set back.
    this.#lastTimestamp = Math.max(this.#lastTimestamp, this.#clock.now().getTime());
    this.#waiting.push({ timestamp: this.#lastTimestamp, message: toMessage(line) });
    if (this.#waiting.length > mostWaiting) {
      this.#waiting.shift();
      this.#dropped += 1;
    }
    this.#sending ??= this.#send();
  }

  async flush(): Promise<void> {
    await this.#sending;
  }

  async #send(): Promise<void> {
    try {
      // Lets the lines of this turn of the event loop share an append.
      await new Promise((resolve) => setImmediate(resolve));
      while (this.#waiting.length > 0) {
        const batch = this.#waiting.splice(0, mostPerBatch);
        await this.#append(batch);
      }
    } finally {
      this.#sending = undefined;
    }
  }

  async #append(batch: readonly LogEvent[]): Promise<void> {
    const { scope, group, stream } = this.#address;
    const events = this.#dropped === 0 ? batch : [this.#lossNote(batch), ...batch];
    for (;;) {
      try {
        if (!(await this.#store.append(scope, group, stream, events))) {
          await this.#store.createGroup(scope, group);
          await this.#store.createStream(scope, group, stream);
          await this.#store.append(scope, group, stream, events);
        }
        return;
      } catch {
        // Only a disk that refuses gets here; it may recover, and a job must not fail for its log.
        await new Promise<void>((resolve) => this.#clock.schedule(retryAfterMs, resolve));
      }
    }
  }

  #lossNote(batch: readonly LogEvent[]): LogEvent {
    const message = `[${this.#dropped} lines were lost: the log could not be written]`;
    this.#dropped = 0;
    return { timestamp: batch[0]?.timestamp ?? this.#lastTimestamp, message };
  }
}

function toMessage(line: string): string {
  const message = line.replaceAll("\t", "#011");
  return message.length > longestMessage ? message.slice(0, longestMessage) : message;
}
