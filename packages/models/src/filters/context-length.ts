import { reservedPromptTokens } from '@onerouter/core';
import type { Filter } from '../resolve/ask.ts';

/**
 * The estimate errs on the high side by design, so a prompt is only held to be too long when it is so by this factor;
 * in between the provider, which counts exactly, decides.
 */
export const CONTEXT_SLACK = 2;

/** Endpoints whose context the prompt clearly exceeds. */
export const contextLengthFilter: Filter = {
  name: 'context_length',
  forAsk({ facts }) {
    const least = reservedPromptTokens(facts) / CONTEXT_SLACK;
    return ({ endpoint }) => endpoint.contextLength === null || least <= endpoint.contextLength;
  },
};
