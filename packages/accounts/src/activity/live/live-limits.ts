/** Limits of live streams. */
export interface LiveLimits {
  /** How often the store is asked for what was settled, for all streams of an account together. @default 1000 */
  readonly pollMs?: number | undefined;
  /** Most streams of one account in this process; one more gets 429. @default 20 */
  readonly maxStreams?: number | undefined;
  /** How often a quiet stream gets a comment, so that nothing between closes it. @default 15000 */
  readonly keepAliveMs?: number | undefined;
  /** How often a stream's session or key is looked at again; one that has ended ends the stream. @default 5000 */
  readonly recheckMs?: number | undefined;
  /** How long a stream lasts; the browser opens the next by itself, and shows who it is again. @default 900000 */
  readonly maxAgeMs?: number | undefined;
  /** A client that takes nothing for this long has left. @default 60000 */
  readonly stalledMs?: number | undefined;
}

export const DEFAULT_LIVE_LIMITS: { readonly [K in keyof LiveLimits]-?: number } = {
  pollMs: 1_000,
  maxStreams: 20,
  keepAliveMs: 15_000,
  recheckMs: 5_000,
  maxAgeMs: 900_000,
  stalledMs: 60_000,
};

/** Every limit, with its default where it is not set. */
export function liveLimits(limits: LiveLimits = {}): typeof DEFAULT_LIVE_LIMITS {
  const given = Object.entries(limits).filter(([, value]) => value !== undefined);
  return { ...DEFAULT_LIVE_LIMITS, ...Object.fromEntries(given) };
}
