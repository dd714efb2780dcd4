import type { NativeLibrary } from "../library/native-library.ts";

/** This process's part in a collective training. Calls block until all processes have made them. */
export class Communicator {
  readonly rank: number;
  readonly #library: NativeLibrary;

  private constructor(library: NativeLibrary) {
    this.#library = library;
    this.rank = library.callForNumber("XGCommunicatorGetRank");
  }

  /** Joins: resolves the peers with the tracker, and connects to them. */
  static join(library: NativeLibrary, configuration: Readonly<Record<string, string | number>>): Communicator {
    library.call("XGCommunicatorInit", JSON.stringify(configuration));
    return new Communicator(library);
  }

  /** Rank 0's answer, for all: what one process alone knows must not make it leave while the others wait for it. */
  agree(ownAnswer: boolean): boolean {
    const answer = Int32Array.of(ownAnswer ? 1 : 0);
    this.#library.call("XGCommunicatorBroadcast", answer, answer.byteLength, 0);
    return answer[0] === 1;
  }

  leave(): void {
    this.#library.call("XGCommunicatorFinalize");
  }
}
