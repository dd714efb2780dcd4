/** Runs tasks in the order they came, at most `width` at a time. */
export interface TurnQueue {
  push(task: () => Promise<void>): void;
  /** Forgets the tasks that have not begun. */
  clear(): void;
}

/** Tasks must not reject. */
export function turnQueue(width: number): TurnQueue {
  const waiting: (() => Promise<void>)[] = [];
  let running = 0;

  const next = (): void => {
    const task = running < width ? waiting.shift() : undefined;
    if (task !== undefined) {
      running++;
      void task().finally(() => {
        running--;
        next();
      });
    }
  };

  return {
    push(task) {
      waiting.push(task);
      next();
    },
    clear() {
      waiting.length = 0;
    },
  };
}
