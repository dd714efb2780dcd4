/** Condition keys, names in any case. */
export type GivenKeys = Readonly<Record<string, readonly string[]>>;

/** The condition keys of one request, found without regard to case. Asked for on first use: most decisions read none. */
export class RequestKeys {
  readonly #given: () => GivenKeys;
  #folded: Map<string, readonly string[]> | undefined;

  constructor(given: () => GivenKeys) {
    this.#given = given;
  }

  /** `name` in lower case. Undefined when the request does not have the key; an empty list counts as absent. */
  get(name: string): readonly string[] | undefined {
    if (this.#folded === undefined) {
      this.#folded = new Map();
      for (const [key, values] of Object.entries(this.#given())) {
        if (values.length > 0) {
          this.#folded.set(key.toLowerCase(), values);
        }
      }
    }
    return this.#folded.get(name);
  }
}
