/** Merges sources that are each in order into one in order; among equals, earlier sources first. Reads no source ahead. */
export async function* mergeSorted<Item>(
  sources: readonly AsyncIterator<Item>[],
  compare: (left: Item, right: Item) => number,
): AsyncGenerator<Item, void, undefined> {
  const heads = await Promise.all(sources.map(readHead));
  for (;;) {
    const first = smallest(heads, compare);
    const source = sources[first?.index ?? -1];
    if (first === undefined || source === undefined) {
      return;
    }
    yield first.item;
    heads[first.index] = await readHead(source);
  }
}

interface Head<Item> {
  readonly item: Item;
}

async function readHead<Item>(source: AsyncIterator<Item>): Promise<Head<Item> | undefined> {
  const result = await source.next();
  return result.done === true ? undefined : { item: result.value };
}

function smallest<Item>(
  heads: readonly (Head<Item> | undefined)[],
  compare: (left: Item, right: Item) => number,
): { readonly index: number; readonly item: Item } | undefined {
  let best: { readonly index: number; readonly item: Item } | undefined;
  heads.forEach((head, index) => {
    if (head !== undefined && (best === undefined || compare(head.item, best.item) < 0)) {
      best = { index, item: head.item };
    }
  });
  return best;
}
