import { estimatedPromptTokens, formatUnitPrice, type Candidate, type RequestFacts } from '@onerouter/core';
import type { AttemptEnd } from './attempt/context.ts';
import { FAILURES } from './failure.ts';
import type { Turn } from './turns.ts';

/** What came of a turn; no `end` when it could not be played. */
export interface Played {
  readonly turn: Turn;
  readonly end: AttemptEnd | undefined;
}

export interface HedgeOptions {
  readonly first: Turn;
  /** Whose turn would be next; asked only when the delay has passed. */
  readonly second: () => Turn | undefined;
  /** How long the first may stay without output before the second is started beside it. */
  readonly delayMs: number;
  readonly play: (turn: Turn) => Promise<AttemptEnd | undefined>;
  /** Ends every attempt but this turn's; nothing of theirs has reached the client. */
  readonly loseOthers: (winner: Turn) => void;
}

/**
 * Plays a turn, and a second one beside it when the first is slow. The first output wins; while one may still answer, a
 * failure of the other is not the end.
 */
export async function hedge(options: HedgeOptions): Promise<readonly Played[]> {
  const { first, second, delayMs, play, loseOthers } = options;
  const one = play(first).then((end): Played => ({ turn: first, end }));
  if (await endsWithin(one, delayMs)) return [await one];
  const turn = second();
  if (!turn) return [await one];
  const two = play(turn).then((end): Played => ({ turn, end }));
  const earlier = await Promise.race([one, two]);
  if (isFinal(earlier)) loseOthers(earlier.turn);
  return Promise.all([one, two]);
}

/**
 * What a lost attempt probably cost, in USD: its prompt was sent, its output cancelled. Shown on its record; the client
 * pays for the answer only.
 */
export function wastedUsd(candidate: Candidate, facts: RequestFacts): string {
  const { prompt, request, image } = candidate.endpoint.prices;
  return formatUnitPrice(
    BigInt(estimatedPromptTokens(facts)) * prompt + BigInt(facts.images) * image + request,
  );
}

/** Whether the other one can add nothing: no candidate would do better. An attempt that commits ends the others itself. */
function isFinal({ end }: Played): boolean {
  return end?.kind === 'failed' && FAILURES[end.failure.type].next === 'stop';
}

function endsWithin(played: Promise<unknown>, ms: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), ms);
  void played.finally(() => {
    clearTimeout(timer);
    resolve(true);
  });
  return promise;
}
