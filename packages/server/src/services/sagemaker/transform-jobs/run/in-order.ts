import type { Slots } from "./slots.ts";

/**
 * Results of `run` for each item, in the order of the items, several under way at once. An item is read only with a slot of
 * `room`, which it keeps until its result was taken: so many items and results are in memory at most, also when several such
 * sequences share the slots. The first failure ends the sequence, when nothing of it is under way any more.
 */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item>,
  room: Slots,
  run: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const iterator = items[Symbol.asyncIterator]();
  const underWay: Entry<Result>[] = [];
  let isAll = false;
  try {
    while (!isAll || underWay.length > 0) {
      // Waiting for a slot is only safe with empty hands: what would free one may be among our own results.
      const release = isAll
        ? undefined
        : (room.tryAcquire() ?? (underWay.length === 0 ? await room.acquire() : undefined));
      if (release === undefined) {
        yield* taken(underWay.shift());
        continue;
      }
      const next = await iterator.next().catch(releaseAndThrow(release));
      if (next.done === true) {
        isAll = true;
        release();
      } else {
        underWay.push(entryOf(run(next.value), release));
      }
    }
  } finally {
    await Promise.allSettled(underWay.map(({ result }) => result));
    underWay.forEach(({ release }) => release());
    await iterator.return?.();
  }
}

interface Entry<Result> {
  readonly result: Promise<Result>;
  readonly release: () => void;
}

function entryOf<Result>(result: Promise<Result>, release: () => void): Entry<Result> {
  // It is awaited in its turn; a failure until then must not count as unhandled.
  result.catch(() => undefined);
  return { result, release };
}

async function* taken<Result>(entry: Entry<Result> | undefined): AsyncGenerator<Result> {
  if (entry === undefined) {
    return;
  }
  try {
    yield await entry.result;
  } finally {
    entry.release();
  }
}

function releaseAndThrow(release: () => void): (error: unknown) => never {
  return (error) => {
    release();
    throw error;
  };
}
