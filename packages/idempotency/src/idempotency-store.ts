/** A key's claim on running a request. */
export interface Claim {
  readonly account: string;
  /** Names caller and Idempotency-Key; a hash. */
  readonly name: string;
  /** Tells whether a repeat has the same body; of no use without the API key. */
  readonly tag: string;
  /** Generation of the exchange that runs it. */
  readonly generationId: string;
}

/** What has been kept of an answer: sealed bytes, `none` so far, or that it was not kept. */
export type KeptAnswer = Buffer | 'none' | 'not_kept';

/** A claim that somebody made before. */
export interface EarlierClaim {
  readonly tag: string;
  readonly generationId: string;
  /** How long ago, in milliseconds. */
  readonly ageMs: number;
  readonly answer: KeptAnswer;
}

/**
 * Who runs which key, and the sealed answers. Methods reject with the driver's error when the store fails; each is one
 * atomic write, right among processes.
 */
export interface IdempotencyStore {
  /**
   * Claims a key that nobody has claimed.
   *
   * @param ttlMs how long the claim lasts at most
   * @returns `undefined` when it is claimed now, else what is there
   */
  claim(claim: Claim, ttlMs: number): Promise<EarlierClaim | undefined>;
  /**
   * Puts a new claim in place of a dead one, if that one is as it was: of the same generation, its answer no more kept
   * and no less.
   *
   * @returns whether it did
   */
  takeOver(claim: Claim, from: EarlierClaim, ttlMs: number): Promise<boolean>;
  /**
   * Keeps the answer of a claim, or that there is none to keep, for `ttlMs` from now.
   *
   * @returns false, and keeps nothing, when the claim is no longer that generation's
   */
  finish(claim: Claim, sealed: Buffer | undefined, ttlMs: number): Promise<boolean>;
  /** Frees a key, if the claim is still that generation's. */
  drop(claim: Claim): Promise<void>;
}

/** What an answer is, without its bytes. */
export type AnswerState = 'kept' | 'none' | 'not_kept';

export function stateOf(answer: KeptAnswer): AnswerState {
  return Buffer.isBuffer(answer) ? 'kept' : answer;
}
