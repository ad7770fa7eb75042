/** An object of Stripe's API, as it goes over the wire. */
export interface StripeObject {
  id: string;
  object: string;
  created: number;
  livemode: boolean;
  metadata: Record<string, string>;
  [field: string]: unknown;
}

/** What the fake remembers, by kind. */
export class Objects {
  readonly #byId = new Map<string, StripeObject>();
  readonly #prefix: string;
  #made = 0;

  /** @param seed tells the ids of one fake from another's */
  constructor(seed: string) {
    this.#prefix = seed;
  }

  add(object: string, prefix: string, fields: Record<string, unknown>): StripeObject {
    this.#made += 1;
    const id = `${prefix}_${this.#prefix}${String(this.#made).padStart(4, '0')}`;
    const metadata = { ...(fields['metadata'] as Record<string, string> | undefined) };
    const created = Math.floor(Date.now() / 1000);
    const made: StripeObject = { id, object, created, livemode: false, ...fields, metadata };
    this.#byId.set(id, made);
    return made;
  }

  get(id: unknown): StripeObject | undefined {
    return typeof id === 'string' ? this.#byId.get(id) : undefined;
  }

  /** @throws {Error} when there is none */
  need(id: unknown): StripeObject {
    const found = this.get(id);
    if (!found) throw new Error(`The fake of Stripe has no ${String(id)}.`);
    return found;
  }

  /** Newest first, as Stripe lists. */
  list(object: string, fits: (one: StripeObject) => boolean = () => true): readonly StripeObject[] {
    return [...this.#byId.values()].filter((one) => one.object === object && fits(one)).toReversed();
  }
}
