import {
  clampUsage,
  estimatedCompletionTokens,
  estimatedPromptTokens,
  MAX_TOKENS_LIMIT,
  type AnswerFacts,
  type Outcome,
  type RequestFacts,
  type Usage,
} from '@onerouter/core';

/**
 * A report this far below what was plainly delivered is a report of one choice out of several. Text varies between two
 * and six bytes a token, so anything nearer proves nothing.
 */
export const UNDERREPORTED = 0.5;

/**
 * What an exchange used: as the provider reported it, else (also where the report cannot be true) estimated from what was
 * sent and delivered.
 *
 * @param request facts of the request, or `undefined` where nobody read it; then the prompt counts as one token
 * @returns `undefined` when nothing was used as far as anybody knows: no output, no report
 */
export function measureUsage(outcome: Outcome, request: RequestFacts | undefined): Usage | undefined {
  const { facts } = outcome;
  const images = request?.images ?? 0;
  if (facts.usage && isPlausible(facts.usage)) return { ...corrected(facts, facts.usage, request), images };
  if (!facts.output && facts.finishReason === null) return undefined;
  return { ...estimate(facts, request), images };
}

/** No model reads or writes this much at once: such a report is a fault, and would cost more than an account can hold. */
function isPlausible({ promptTokens, completionTokens }: Usage): boolean {
  return promptTokens <= MAX_TOKENS_LIMIT && completionTokens <= MAX_TOKENS_LIMIT;
}

function estimate(facts: AnswerFacts, request: RequestFacts | undefined): Usage {
  return {
    promptTokens: request ? estimatedPromptTokens(request) : 1,
    completionTokens: request?.surface === 'embeddings' ? 0 : estimatedCompletionTokens(facts.outputBytes),
    source: 'estimated',
  };
}

/** With several choices, some providers report the tokens of one of them only. */
function corrected(facts: AnswerFacts, reported: Usage, request: RequestFacts | undefined): Usage {
  const usage = clampUsage(reported);
  if (!request || request.choices < 2 || request.surface === 'embeddings') return usage;
  const { completionTokens } = estimate(facts, request);
  if (usage.completionTokens >= completionTokens * UNDERREPORTED) return usage;
  return { ...usage, completionTokens, source: 'estimated' };
}
