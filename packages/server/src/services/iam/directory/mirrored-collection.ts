import type { RecordFacts, RecordKey, RecordStore } from "../../../platform/records/record-store.ts";
import type { Scope } from "../../../platform/scope.ts";

const pageSize = 1000;

/**
 * A collection of records with all its bodies in memory: reads are synchronous, writes go to the records first. Nobody else
 * may write the collection. Callers keep writes to one id from overlapping (see `Directory.exclusive`).
 */
export class MirroredCollection<Body> {
  readonly #records: RecordStore;
  readonly #collection: string;
  readonly #scope: Scope;
  readonly #onChange: () => void;
  #bodies = new Map<string, Body>();

  constructor(
    records: RecordStore,
    place: { readonly collection: string; readonly scope: Scope },
    onChange: () => void = () => {},
  ) {
    this.#records = records;
    this.#collection = place.collection;
    this.#scope = place.scope;
    this.#onChange = onChange;
  }

  /** Reads everything anew. */
  async load(): Promise<void> {
    const bodies = new Map<string, Body>();
    let after: string | undefined;
    do {
      const page = await this.#records.list<Body>(this.#collection, this.#scope, {
        orderBy: "id",
        descending: false,
        limit: pageSize,
        ...(after === undefined ? {} : { after }),
      });
      for (const { id, body } of page.records) {
        bodies.set(id, body);
      }
      after = page.cursor;
    } while (after !== undefined);
    this.#bodies = bodies;
    this.#onChange();
  }

  get(id: string): Body | undefined {
    return this.#bodies.get(id);
  }

  /** In no particular order. */
  values(): IterableIterator<Body> {
    return this.#bodies.values();
  }

  get size(): number {
    return this.#bodies.size;
  }

  /** False when the id is taken. */
  async create(id: string, body: Body, now: Date): Promise<boolean> {
    const created = await this.#records.create(this.#keyOf(id), body, { createdAt: now, modifiedAt: now, status: "" });
    if (created) {
      this.#remember(id, body);
    }
    return created;
  }

  /** @throws Error when there is no such record. */
  async replace(id: string, body: Body, now: Date): Promise<void> {
    const key = this.#keyOf(id);
    const stored = await this.#records.get<Body>(key);
    const facts = (created: Date): RecordFacts => ({ createdAt: created, modifiedAt: now, status: "" });
    if (stored === undefined || !(await this.#records.update(key, stored.version, body, facts(stored.createdAt)))) {
      throw new Error(`${this.#collection}: ${id} was changed by somebody else`);
    }
    this.#remember(id, body);
  }

  async delete(id: string): Promise<void> {
    await this.#records.delete(this.#keyOf(id));
    this.#bodies.delete(id);
    this.#onChange();
  }

  #keyOf(id: string): RecordKey {
    return { collection: this.#collection, scope: this.#scope, id };
  }

  #remember(id: string, body: Body): void {
    this.#bodies.set(id, body);
    this.#onChange();
  }
}
