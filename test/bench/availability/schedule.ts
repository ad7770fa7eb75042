import { createHash } from 'node:crypto';

/** How one provider behaves. */
export type Temper = 'unreliable' | 'dead' | 'flapping';

/** What can go wrong with one call, always before the first output. */
export type Fault = 'unavailable' | 'rate-limited' | 'reset' | 'error-inside' | 'empty' | 'hang';

/** The model that all providers serve. */
export const MODEL = 'writer-1';
/** Share of calls that fail at an unreliable provider. */
export const FAILURE_SHARE = 0.1;
/** A flapping provider works for so long, then fails for as long. */
export const FLAP_MS = 2_000;

/** Who takes part, by name; every one serves the same model. */
export const PROVIDERS: Readonly<Record<string, Temper>> = {
  alpha: 'unreliable',
  bravo: 'unreliable',
  charlie: 'unreliable',
  delta: 'dead',
  echo: 'flapping',
};

/** How an unreliable provider fails: each fault with its share of all failures. */
const MIX: readonly (readonly [Fault, number])[] = [
  ['unavailable', 0.25],
  ['rate-limited', 0.2],
  ['reset', 0.2],
  ['error-inside', 0.2],
  ['empty', 0.1],
  ['hang', 0.05],
];
/** A whole answer, and the first output of a stream, take between this and twice as much. */
const ANSWER_MS = 80;

/** Which call this is. What happens to it depends on nothing else but the seed, in whatever order calls come. */
export interface Call {
  readonly provider: string;
  /** Number of the request, from 0. */
  readonly request: number;
  /** How often this provider has been called for this request before. */
  readonly before: number;
}

/** One thing that is asked of everybody. */
export interface Request {
  readonly number: number;
  readonly stream: boolean;
}

/** Half of all requests are streams. */
export function requestAt(number: number): Request {
  return { number, stream: number % 2 === 1 };
}

/** The prompt of a request; no two are alike, so that no cache can answer. */
export function promptOf(number: number): string {
  return `Request ${number}: say what you are to say.`;
}

/** Reads the number back out of a body. */
export function numberIn(body: string): number {
  return Number(/Request (\d+):/.exec(body)?.[1] ?? Number.NaN);
}

/** The words of the only right answer. */
export function wordsOf(number: number): readonly string[] {
  return ['Answer', ` ${number}`, ' is', ' whole', ' when', ' all', ' words', ' are', ' there.'];
}

/**
 * What goes wrong with a call; undefined when it is answered.
 *
 * @param runningMs since the run began: a provider that flaps goes by the clock
 */
export function faultOf(seed: number, call: Call, runningMs: number): Fault | undefined {
  switch (PROVIDERS[call.provider]) {
    case 'dead':
      return 'unavailable';
    case 'flapping':
      return looksHealthy(call.provider, runningMs) ? undefined : 'unavailable';
    case 'unreliable':
    default:
      return chance(seed, 'fails', call) < FAILURE_SHARE ? oneOf(chance(seed, 'how', call)) : undefined;
  }
}

/** What a health check of a provider finds. */
export function looksHealthy(provider: string, runningMs: number): boolean {
  const temper = PROVIDERS[provider];
  return temper === 'flapping' ? Math.floor(runningMs / FLAP_MS) % 2 === 0 : temper === 'unreliable';
}

/** How long a call takes until its answer, or the first output. */
export function answerMs(seed: number, call: Call): number {
  return ANSWER_MS * (1 + chance(seed, 'takes', call));
}

/** A number from 0 to below 1 that the same arguments always give. */
export function chance(seed: number, what: string, { provider, request, before }: Call): number {
  const digest = createHash('sha1').update([seed, what, provider, request, before].join('|')).digest();
  return digest.readUInt32BE() / 2 ** 32;
}

function oneOf(at: number): Fault {
  let sum = 0;
  for (const [fault, share] of MIX) {
    sum += share;
    if (at < sum) return fault;
  }
  return 'unavailable';
}
