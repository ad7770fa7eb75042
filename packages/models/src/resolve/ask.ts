import type { Candidate, CommonRequest, ProviderPreferences, RequestFacts } from '@onerouter/core';
import type { HealthView } from './health.ts';

/** One request, as filters and strategies see it. */
export interface Ask {
  readonly facts: RequestFacts;
  readonly body: CommonRequest;
  /** The request's `provider`, or an empty object. */
  readonly preferences: ProviderPreferences;
  /** The account's privacy toggle: may its prompts go to providers that train on them? */
  readonly allowTraining: boolean;
  readonly health: HealthView;
  /**
   * The endpoint of a model that holds this conversation's prompt cache. @default nobody knows
   */
  readonly lastAnswered?: ((modelId: string) => string | undefined) | undefined;
  /** From 0 to below 1. */
  readonly random: () => number;
}

/** A rule that takes endpoints out of the running. */
export interface Filter {
  /** What an exclusion is recorded under: a short fixed word. */
  readonly name: string;
  /** Whether what it removes may be back in a moment; when only such filters removed all, the answer is 503. @default false */
  readonly transient?: boolean;
  /** The test for this request, or `undefined` when the rule has nothing to say about it. */
  forAsk(ask: Ask): ((candidate: Candidate) => boolean) | undefined;
}

/** Puts candidates in the order to try them. Must return the ones it got. */
export type Strategy = (candidates: readonly Candidate[], ask: Ask) => readonly Candidate[];
