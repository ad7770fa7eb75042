import type { AnswerFacts } from '@onerouter/core';
import type { FailureType } from '../failure.ts';

const ENDINGS: ReadonlySet<FailureType> = new Set<FailureType>(['stream_cut', 'idle_timeout']);

/**
 * Whether a stream that seems to fail has only lost its end mark: its one choice has said why it ended, so all of the
 * answer is here.
 *
 * @param choices that were asked for; with several, one's finish reason says nothing of the others
 */
export function isUnmarkedEnd(type: FailureType, facts: AnswerFacts, choices: number): boolean {
  return ENDINGS.has(type) && choices < 2 && facts.finishReason !== null && facts.error === undefined;
}
