import type { Answer, Candidate, Exchange, RequestBody } from '@onerouter/core';
import type { Dispatcher } from 'undici';
import type { Failure } from '../failure.ts';
import type { Destination } from '../upstreams.ts';

/** How an attempt ended. Only after `failed` may another follow: nothing of it has reached the client. */
export type AttemptEnd =
  | { readonly kind: 'answered' | 'broken' | 'abandoned' | 'lost' }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface AttemptContext {
  readonly exchange: Exchange;
  readonly answer: Answer;
  readonly body: RequestBody;
  readonly candidate: Candidate;
  readonly apiKey: string | undefined;
  readonly destination: Destination;
  /** Output begins to reach the client; from here on no other candidate can take over. */
  readonly onCommit: () => void;
}

/** The call as the HTTP client takes it. Nothing of the client's own headers is in it. */
export function phraseCall(context: AttemptContext): Dispatcher.DispatchOptions {
  const { body, candidate, apiKey, destination, exchange } = context;
  const { dialect, headers } = candidate.endpoint.provider;
  const request = dialect.request({
    surface: body.facts.surface,
    body,
    candidate,
    apiKey,
    outputLimit: outputLimit(exchange.outputLimit, candidate.endpoint.maxCompletionTokens),
  });
  return {
    origin: destination.upstream.origin,
    path: destination.basePath + request.path,
    method: 'POST',
    headers: { 'user-agent': 'onerouter', ...request.headers, ...headers },
    body: request.body,
  };
}

/** What was reserved covers the largest candidate; a smaller model would refuse a limit above its own. */
function outputLimit(reserved: number | undefined, maximum: number | null): number | undefined {
  return reserved === undefined || maximum === null ? reserved : Math.min(reserved, maximum);
}
