import { Readable } from "node:stream";
import type { ManualClock } from "../../clock/manual-clock.ts";
import type { ObjectStore } from "../object-store.ts";

export interface ObjectStoreUnderTest {
  readonly store: ObjectStore;
  readonly clock: ManualClock;
  /** How many blobs are stored once everything that was released is gone. */
  blobCount(): Promise<number>;
  close(): Promise<void>;
}

/** What a test of the suite works with; valid while its tests run. */
export interface ObjectStoreFixture {
  readonly opened: () => ObjectStoreUnderTest;
  readonly store: () => ObjectStore;
  /** A new bucket. */
  readonly newBucket: () => Promise<string>;
}

/** Above every inline limit, and more than one block and one network read. */
export const largeSize: number = 3 * 2 ** 20 + 17;

export const owner = { account: "111122223333", region: "us-east-1" };

/** A body in pieces of odd sizes, as a network gives them. */
export function inPieces(bytes: Uint8Array): Readable {
  return Readable.from(
    (function* pieces() {
      for (let offset = 0, size = 1; offset < bytes.length; offset += size, size = (size * 7) % 65_521) {
        yield bytes.subarray(offset, offset + size);
      }
    })(),
    { objectMode: false },
  );
}

export async function readAll(stream: Readable): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** For bodies of megabytes, which vitest's own comparison takes seconds for. */
export function sameBytes(actual: Uint8Array | undefined, expected: Uint8Array | undefined): boolean {
  return actual !== undefined && expected !== undefined && Buffer.compare(actual, expected) === 0;
}

export async function contentOf(store: ObjectStore, bucket: string, key: string): Promise<Buffer | undefined> {
  const object = await store.open(bucket, key);
  const bytes = object === undefined ? undefined : await readAll(object.stream());
  await object?.close();
  return bytes;
}
