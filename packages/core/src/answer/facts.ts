import type { Usage } from '../usage.ts';

/** An error that a provider put inside an answer with status 200. */
export interface InlineError {
  /** HTTP-like status, where the provider gave one. */
  readonly status: number | undefined;
}

/** What is known of an answer so far. Filled while it passes; holds no text. */
export interface AnswerFacts {
  /** Real output was seen: text, reasoning, a tool call, an embedding. */
  output: boolean;
  /** UTF-8 bytes of output, near enough to estimate tokens from. */
  outputBytes: number;
  /** Why generation ended, in OpenAI's words. */
  finishReason: string | null;
  nativeFinishReason: string | null;
  /** The provider's end mark was seen. */
  done: boolean;
  /** The latest report, replaced by each newer one: some dialects report running totals. */
  usage: Usage | undefined;
  /** The report as it came, for chains without a meter. */
  rawUsage: unknown;
  upstreamId: string | null;
  /** Unix seconds, as the provider dated its answer. */
  created: number | null;
  error: InlineError | undefined;
}

export function emptyFacts(): AnswerFacts {
  return {
    output: false,
    outputBytes: 0,
    finishReason: null,
    nativeFinishReason: null,
    done: false,
    usage: undefined,
    rawUsage: undefined,
    upstreamId: null,
    created: null,
    error: undefined,
  };
}
