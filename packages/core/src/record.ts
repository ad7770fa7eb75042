import type { Nanos } from './money.ts';
import type { ExchangeKind } from './request/surface.ts';
import type { Usage } from './usage.ts';

/** One upstream call of an exchange. */
export interface AttemptRecord {
  readonly provider: string;
  readonly model: string;
  /** HTTP status of the provider, or `null` when no response came. */
  readonly status: number | null;
  /** `null` for the attempt that answered. */
  readonly errorType: string | null;
  /** From the start of the call to its end, or to the first output of the one that answered. */
  readonly latencyMs: number;
  /** What an attempt that lost against a faster one probably cost, in USD. Not part of the exchange's cost. */
  readonly wastedUsd?: string;
}

/** One line of a bill. All texts are exact decimals in USD. */
export interface CostLine {
  readonly item:
    'prompt' | 'cache_read' | 'cache_write' | 'completion' | 'reasoning' | 'image' | 'request' | 'rounding';
  readonly quantity: number;
  readonly unitPrice: string;
  readonly amount: string;
}

/**
 * - `pending`: running.
 * - `complete`: answered whole.
 * - `cancelled`: the client left; it pays for what was generated.
 * - `failed`: no output reached the client; costs nothing.
 * - `truncated`: the provider failed after output had begun; costs nothing.
 */
export type GenerationStatus = 'pending' | 'complete' | 'cancelled' | 'failed' | 'truncated';

/** The durable record of an exchange. It holds neither prompts nor completions. */
export interface Generation {
  readonly id: string;
  readonly requestId: string;
  accountId: string;
  /** Hash of the key that called. */
  keyId: string;
  readonly surface: ExchangeKind;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  status: GenerationStatus;
  streamed: boolean;
  /** The model as the client wrote it. Of a call passed through: its method and its path as configured. */
  requestedModel: string;
  /** Id of the model that answered. */
  model: string;
  provider: string;
  upstreamModel: string;
  /** The provider's own id of the answer. */
  upstreamId: string | null;
  finishReason: string | null;
  nativeFinishReason: string | null;
  /** From the arrival of the request to the first output, or `null` when there was none. */
  latencyMs: number | null;
  /** From the first output to the end. */
  generationMs: number | null;
  /** Completion tokens a second over `generationMs`, `null` where there is too little to tell. */
  tokensPerSecond: number | null;
  usage: Usage | null;
  cost: Nanos;
  lines: readonly CostLine[];
  discount: number;
  cacheHit: boolean;
  /** Generation that the cached answer came from. */
  cacheSourceId: string | null;
  attempts: AttemptRecord[];
  errorType: string | null;
  referer: string | null;
  title: string | null;
  userAgent: string | null;
}
