import koffi from "koffi";
import { PlatformError } from "../../failures.ts";
import { logCallbackType, requiredFunctions, trackerFunctions } from "./signatures.ts";
import { remedies } from "./remedies.ts";

/** What may be handed to a C function: numbers, strings, buffers, and one-element arrays that receive results. */
export type NativeArgument = number | bigint | string | null | NodeJS.ArrayBufferView | unknown[];
export type NativeFunction = (...args: NativeArgument[]) => unknown;
export type FunctionName = keyof typeof requiredFunctions | keyof typeof trackerFunctions;

/** A handle of the library: an address. */
export type NativeHandle = number | bigint;

export interface LibraryVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** The library said no. The message is its own, without the time, the source line and the stack trace. */
export class XgboostError extends Error {
  override readonly name = "XgboostError";
}

/** Oldest release whose C API has all that Clary calls. */
const OLDEST_SUPPORTED = { major: 1, minor: 7 } as const;

// koffi registers type names for the whole process, so this must happen once.
koffi.proto(logCallbackType);

/** libxgboost, opened. Calls are synchronous and from one thread: boosters keep state per thread (seen in 1.7.4). */
export class NativeLibrary {
  readonly path: string;
  readonly version: LibraryVersion;
  readonly #handle: ReturnType<typeof koffi.load>;
  readonly #functions = new Map<FunctionName, NativeFunction>();

  /** Opens the shared object at `path`. Throws PlatformError when it cannot be used. */
  constructor(path: string) {
    this.path = path;
    try {
      this.#handle = koffi.load(path);
      this.version = this.#readVersion();
    } catch (error) {
      throw new PlatformError(`libxgboost at ${path} cannot be loaded: ${messageOf(error)}. ${remedies}`, {
        cause: error,
      });
    }
    if (!this.isAtLeast(OLDEST_SUPPORTED.major, OLDEST_SUPPORTED.minor)) {
      throw new PlatformError(
        `libxgboost at ${path} is version ${this.versionText}; 1.7 or later is needed. ${remedies}`,
      );
    }
  }

  get versionText(): string {
    return `${this.version.major}.${this.version.minor}.${this.version.patch}`;
  }

  isAtLeast(major: number, minor: number): boolean {
    return this.version.major > major || (this.version.major === major && this.version.minor >= minor);
  }

  /** Calls a function that returns 0 for success; throws XgboostError with the library's message otherwise. */
  call(name: FunctionName, ...args: NativeArgument[]): void {
    if (this.#function(name)(...args) !== 0) {
      throw new XgboostError(cleanMessage(String(this.#function("XGBGetLastError")())));
    }
  }

  /** Calls a function that returns its result. */
  callForNumber(name: FunctionName): number {
    return Number(this.#function(name)());
  }

  #function(name: FunctionName): NativeFunction {
    const known = this.#functions.get(name);
    if (known !== undefined) {
      return known;
    }
    const signature = { ...requiredFunctions, ...trackerFunctions }[name];
    const declared: NativeFunction = this.#handle.func(signature);
    this.#functions.set(name, declared);
    return declared;
  }

  #readVersion(): LibraryVersion {
    const [major, minor, patch] = [[0], [0], [0]];
    this.#function("XGBoostVersion")(major, minor, patch);
    return { major: major[0] ?? 0, minor: minor[0] ?? 0, patch: patch[0] ?? 0 };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

// `[10:18:35] /src/objective/regression_obj.cu:71: Check failed: ... label must be in [0,1]` and then a C++ stack trace.
function cleanMessage(message: string): string {
  const text = message.split("\nStack trace:")[0]?.trim() ?? message;
  return text.replace(/^\[\d\d:\d\d:\d\d\] \S+:\d+: /, "");
}
