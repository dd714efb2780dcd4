/** Runs `task` for each item, `count` at a time. Rejects with the first failure once all that had begun have ended. */
export async function eachAtMost<Item>(
  items: readonly Item[],
  count: number,
  task: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  let failed = false;
  const work = async (): Promise<void> => {
    for (const item of queue) {
      if (failed) {
        return;
      }
      try {
        await task(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const workers = Array.from({ length: Math.min(count, items.length) }, work);
  for (const outcome of await Promise.allSettled(workers)) {
    if (outcome.status === "rejected") {
      throw outcome.reason;
    }
  }
}
