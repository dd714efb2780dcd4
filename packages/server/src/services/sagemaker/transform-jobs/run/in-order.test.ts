import { describe, expect, it } from "vitest";
import { inOrder } from "./in-order.ts";
import { Slots } from "./slots.ts";

async function* numbers(count: number): AsyncGenerator<number> {
  for (let number = 0; number < count; number += 1) {
    yield number;
  }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) {
    found.push(item);
  }
  return found;
}

/** Work that ends when told, whichever comes first. */
class Work {
  readonly begun: number[] = [];
  most = 0;
  #underWay = 0;

  /** Takes the longer the smaller the number is. */
  readonly run = async (number: number): Promise<number> => {
    this.begun.push(number);
    this.most = Math.max(this.most, ++this.#underWay);
    for (let turn = 0; turn < 20 - number; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#underWay -= 1;
    return number;
  };
}

describe("inOrder", () => {
  it("keeps the order, with as many under way as there is room for", async () => {
    const work = new Work();
    expect(await all(inOrder(numbers(10), new Slots(3), work.run))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(work.most).toBe(3);
  });

  it("shares room among sequences without blocking any", async () => {
    const work = new Work();
    const room = new Slots(2);
    const results = await Promise.all([5, 1, 0, 7].map((count) => all(inOrder(numbers(count), room, work.run))));
    expect(results.map((found) => found.length)).toEqual([5, 1, 0, 7]);
    expect(work.most).toBe(2);
  });

  it("ends with the first failure when nothing is under way any more, and gives its room back", async () => {
    const room = new Slots(2);
    let ended = 0;
    const run = async (number: number): Promise<number> => {
      await new Promise((resolve) => setImmediate(resolve));
      ended += 1;
      if (number === 1) {
        throw new Error("one is bad");
      }
      return number;
    };
    await expect(all(inOrder(numbers(5), room, run))).rejects.toThrow("one is bad");
    expect(ended).toBeGreaterThanOrEqual(2);
    expect(room.tryAcquire()).toBeDefined();
    expect(room.tryAcquire()).toBeDefined();
    async function* broken(): AsyncGenerator<number> {
      yield 1;
      throw new Error("cannot read");
    }
    await expect(all(inOrder(broken(), new Slots(2), async (number) => number))).rejects.toThrow("cannot read");
  });
});

describe("Slots", () => {
  it("serves who waits in order, and takes each slot back once", async () => {
    const slots = new Slots(1);
    const release = await slots.acquire();
    const order: number[] = [];
    const waiting = [1, 2].map(async (number) => {
      const mine = await slots.acquire();
      order.push(number);
      mine();
    });
    release();
    release();
    await Promise.all(waiting);
    expect(order).toEqual([1, 2]);
    expect(slots.tryAcquire()).toBeDefined();
    expect(slots.tryAcquire()).toBeUndefined();
  });
});
