import type { RequestFacts } from './facts.ts';

/*
 * Two estimates from the same facts. A reservation must not be too low, so it counts three bytes a token; a bill
 * without reported usage should be right on average, so it counts four. Neither tokenises: that blocks the event loop
 * for 8 ms per 100 KB.
 */

/** Bytes of text a token has, as reservations assume. */
export const RESERVE_BYTES_PER_TOKEN = 3;
/** Bytes of text a token has on average. */
export const BYTES_PER_TOKEN = 4;
/** Tokens assumed for a medium, whatever its size. */
export const IMAGE_TOKENS = 1_600;
export const FILE_TOKENS = 8_000;
export const AUDIO_TOKENS = 2_000;
export const VIDEO_TOKENS = 16_000;

/** Prompt tokens to hold credits for. Never below 1. */
export function reservedPromptTokens(facts: RequestFacts): number {
  return Math.max(1, Math.ceil(facts.textBytes / RESERVE_BYTES_PER_TOKEN) + mediaTokens(facts));
}

/** Prompt tokens to bill when the provider did not say. */
export function estimatedPromptTokens(facts: RequestFacts): number {
  return Math.max(1, Math.ceil(facts.textBytes / BYTES_PER_TOKEN) + mediaTokens(facts));
}

/** Completion tokens to bill for output that was delivered without a report. */
export function estimatedCompletionTokens(outputBytes: number): number {
  return Math.ceil(outputBytes / BYTES_PER_TOKEN);
}

function mediaTokens(facts: RequestFacts): number {
  return (
    facts.images * IMAGE_TOKENS +
    facts.files * FILE_TOKENS +
    facts.audio * AUDIO_TOKENS +
    facts.video * VIDEO_TOKENS
  );
}
