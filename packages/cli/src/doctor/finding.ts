import type { ServerSettings } from "../settings.ts";

/** One thing looked at: `problem` when Clary cannot do without it, `note` when it can. */
export interface Finding {
  readonly name: string;
  readonly state: "ok" | "note" | "problem";
  readonly detail: string;
  /** What to do about it. */
  readonly remedy?: string;
}

export interface CheckUp {
  readonly settings: ServerSettings;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Do what can be done. */
  readonly fix: boolean;
  readonly progress: (text: string) => void;
}
