/** What a client's `Cache-Control` asks of the cache. */
export interface Freshness {
  /** The answer must be a new one. */
  readonly fresh: boolean;
  /** The answer may be kept, and shared while it runs. */
  readonly store: boolean;
}

const USUAL: Freshness = { fresh: false, store: true };

/** Reads a `Cache-Control` request header: `no-cache` asks for a new answer, `no-store` also that none is kept. */
export function readFreshness(cacheControl: string | undefined): Freshness {
  if (cacheControl === undefined) return USUAL;
  const wishes = cacheControl.split(',').map((wish) => wish.trim().toLowerCase());
  const store = !wishes.includes('no-store');
  return { fresh: !store || wishes.includes('no-cache'), store };
}
