import type { Scope } from "../scope.ts";

export interface LogEvent {
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly message: string;
}

export interface StoredLogEvent extends LogEvent {
  readonly ingestionTime: number;
  readonly streamName: string;
  /** Strictly increasing within its stream in the order that readers see; what page tokens are made of. */
  readonly position: number;
  readonly eventId: string;
}

export interface LogGroup {
  readonly name: string;
  readonly createdAt: Date;
  readonly retentionInDays?: number;
  readonly storedBytes: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface LogStream {
  readonly name: string;
  readonly createdAt: Date;
  readonly firstEventAt?: number;
  readonly lastEventAt?: number;
  readonly lastIngestionAt?: number;
}

export interface LogReadQuery {
  /** Inclusive, milliseconds. */
  readonly startTime?: number;
  /** Exclusive, milliseconds. */
  readonly endTime?: number;
  /** Exclusive position to go on from, in the direction of reading. */
  readonly after?: number;
  readonly limit: number;
  readonly backwards: boolean;
}

/** Groups, streams and their events, ordered by time and then by arrival. Missing groups and streams answer `undefined`. */
export interface LogStore {
  createGroup(
    scope: Scope,
    name: string,
    options?: { readonly tags?: Readonly<Record<string, string>> },
  ): Promise<boolean>;
  getGroup(scope: Scope, name: string): Promise<LogGroup | undefined>;
  listGroups(
    scope: Scope,
    query: { readonly prefix?: string; readonly contains?: string; readonly after?: string; readonly limit: number },
  ): Promise<readonly LogGroup[]>;
  setRetention(scope: Scope, group: string, days: number | undefined): Promise<boolean>;
  /** Replaces all tags of the group. False when it is missing. */
  setTags(scope: Scope, group: string, tags: Readonly<Record<string, string>>): Promise<boolean>;
  deleteGroup(scope: Scope, name: string): Promise<boolean>;

  createStream(scope: Scope, group: string, stream: string): Promise<"created" | "exists" | "no-such-group">;
  listStreams(
    scope: Scope,
    group: string,
    query: {
      readonly prefix?: string;
      readonly orderBy: "name" | "lastEventTime";
      readonly descending: boolean;
      readonly after?: string;
      readonly limit: number;
    },
  ): Promise<readonly LogStream[] | undefined>;
  deleteStream(scope: Scope, group: string, stream: string): Promise<boolean>;

  /** Appends to an existing stream. False when the stream is missing. */
  append(scope: Scope, group: string, stream: string, events: readonly LogEvent[]): Promise<boolean>;
  read(
    scope: Scope,
    group: string,
    stream: string,
    query: LogReadQuery,
  ): Promise<readonly StoredLogEvent[] | undefined>;
  /** Events of several streams of a group merged by time; without `streams`, of all. */
  readGroup(
    scope: Scope,
    group: string,
    query: {
      readonly streams?: readonly string[];
      readonly streamPrefix?: string;
      readonly startTime?: number;
      readonly endTime?: number;
      readonly after?: string;
      readonly limit: number;
    },
  ): Promise<{ readonly events: readonly StoredLogEvent[]; readonly next?: string } | undefined>;
}
