import type { Answer, Exchange, RequestBody } from '@onerouter/core';
import type { EndpointHealthBook } from './health/endpoint-health-book.ts';
import type { Upstreams } from './upstreams.ts';

/** Bounds on what one exchange may take. */
export interface Limits {
  readonly deadlineMs: number;
  readonly maxAttempts: number;
  readonly rounds: number;
  readonly random: () => number;
  readonly commentMs: number;
}

export interface FallbackContext {
  readonly exchange: Exchange;
  readonly body: RequestBody;
  readonly answer: Answer;
  readonly upstreams: Upstreams;
  readonly health: EndpointHealthBook;
  readonly limits: Limits;
}
