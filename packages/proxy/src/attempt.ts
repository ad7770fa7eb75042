import {
  emptyFacts,
  type Answer,
  type AnswerFacts,
  type AnswerStream,
  type Candidate,
  type Exchange,
  type RequestBody,
} from '@onerouter/core';
import type { Dispatcher } from 'undici';
import { failureError } from './exhausted.ts';
import { inlineFailure, statusFailure, type Failure, type FailureType } from './failure.ts';
import { HeldEvents } from './held-events.ts';
import { PhaseTimer } from './phase-timer.ts';
import { readRetryAfter } from './retry-after.ts';
import { isStaleSocket, transportFailure } from './transport-failure.ts';
import type { Upstream } from './upstreams.ts';

/** How an attempt ended. Only after `failed` may another follow: nothing of it has reached the client. */
export type AttemptEnd =
  | { readonly kind: 'answered' | 'broken' | 'abandoned' }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface AttemptContext {
  readonly exchange: Exchange;
  readonly answer: Answer;
  readonly body: RequestBody;
  readonly candidate: Candidate;
  readonly apiKey: string | undefined;
  readonly upstream: Upstream;
  /** Output begins to reach the client; from here on no other candidate can take over. */
  readonly onCommit: () => void;
}

/** A refusal is read this far to learn its kind. */
const MAX_REFUSAL_BYTES = 64 * 1024;
/** A whole answer over this is no answer. */
const MAX_ANSWER_BYTES = 256 * 1024 * 1024;
/** How long a provider that does not stop billing is read on after the client has left. */
const DRAIN_MS = 60_000;
/** How long a connection may stay open behind the end mark of its stream. */
const LINGER_MS = 2_000;

type Phase = 'first_token_timeout' | 'headers_timeout' | 'idle_timeout' | 'linger';

/** One upstream call, from its dispatch to its end. */
export class Attempt implements Dispatcher.DispatchHandler {
  readonly #context: AttemptContext;
  readonly #resolve: (end: AttemptEnd) => void;
  readonly #startedAt = performance.now();
  readonly #timer = new PhaseTimer<Phase>((phase) => this.#expired(phase));
  readonly #held = new HeldEvents();
  readonly #unsubscribe: () => void;
  #controller: Dispatcher.DispatchController | undefined;
  #totalTimer: NodeJS.Timeout | undefined;
  #drainTimer: NodeJS.Timeout | undefined;
  #stream: AnswerStream | undefined;
  #parts: Buffer[] = [];
  #size = 0;
  #status: number | null = null;
  #retryAfterMs: number | undefined;
  #firstOutputAt: number | undefined;
  #committed = false;
  #fresh = false;
  #over = false;

  /** Starts the call. The promise never rejects. */
  static run(context: AttemptContext, expose: (attempt: Attempt) => void): Promise<AttemptEnd> {
    return new Promise((resolve) => {
      const attempt = new Attempt(context, resolve);
      expose(attempt);
      attempt.#dispatch(context.upstream.dispatcher);
    });
  }

  private constructor(context: AttemptContext, resolve: (end: AttemptEnd) => void) {
    this.#context = context;
    this.#resolve = resolve;
    const { totalMs } = this.#timeouts;
    if (totalMs !== undefined) this.#totalTimer = setTimeout(() => this.fail('total_timeout'), totalMs);
    this.#unsubscribe = context.exchange.onAbandoned(() => this.#abandon());
  }

  /** Ends the attempt with a failure: falls back before output, breaks off after it. */
  fail(type: FailureType): void {
    if (this.#over) return;
    const failure: Failure = { type, status: this.#status, retryAfterMs: this.#retryAfterMs };
    this.#controller?.abort(new Error(type));
    if (this.#committed) this.#break(failure);
    else this.#end({ kind: 'failed', failure }, type);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#over) controller.abort(new Error('The attempt was over before its connection stood.'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    if (this.#over) return;
    this.#status = status;
    const ok = status >= 200 && status < 300;
    if (!ok) this.#retryAfterMs = readRetryAfter(headers, Date.now());
    const { body, answer, candidate } = this.#context;
    if (ok && body.facts.stream && !isJson(headers['content-type'])) {
      const { dialect } = candidate.endpoint.provider;
      this.#stream = dialect.stream(body.facts.surface, answer.owned(candidate));
    } else {
      this.#timer.start('idle_timeout', this.#timeouts.idleMs);
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#over) return;
    if (this.#stream) this.#onEvents(controller, this.#stream.push(chunk), this.#stream.facts);
    else this.#collect(chunk);
  }

  onResponseEnd(): void {
    this.#context.upstream.reused = true;
    if (this.#over) return;
    if (this.#stream) this.#onStreamEnd(this.#stream);
    else if (this.#status !== null && this.#status >= 300) this.#onRefusal(this.#status);
    else this.#onBody();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#over) return;
    if (this.#status !== null) return this.fail('stream_cut');
    if (isStaleSocket(error) && this.#context.upstream.reused && !this.#fresh) return this.#redispatch();
    this.fail(transportFailure(error));
  }

  get #timeouts(): Candidate['endpoint']['provider']['timeouts'] {
    return this.#context.candidate.endpoint.provider.timeouts;
  }

  #dispatch(dispatcher: Dispatcher): void {
    const { body, candidate, apiKey, upstream, exchange } = this.#context;
    const { provider } = candidate.endpoint;
    const { facts } = body;
    const stream = facts.stream;
    this.#timer.start(
      stream ? 'first_token_timeout' : 'headers_timeout',
      this.#timeouts[stream ? 'firstTokenMs' : 'headersMs'],
    );
    try {
      const request = provider.dialect.request({
        surface: facts.surface,
        body,
        candidate,
        apiKey,
        outputLimit: exchange.outputLimit,
      });
      dispatcher.dispatch(
        {
          origin: new URL(provider.baseUrl).origin,
          path: upstream.basePath + request.path,
          method: 'POST',
          headers: { 'user-agent': 'onerouter', ...request.headers, ...provider.headers },
          body: request.body,
        },
        this,
      );
    } catch {
      this.fail('connection_error');
    }
  }

  /** Once more, at once, on a connection that cannot be stale. */
  #redispatch(): void {
    this.#fresh = true;
    const once = this.#context.upstream.fresh();
    this.#dispatch(once);
    void once.close().catch(() => {});
  }

  #onEvents(controller: Dispatcher.DispatchController, events: string, facts: AnswerFacts): void {
    if (!this.#committed) {
      const full = !this.#held.add(events);
      if (facts.output || full || (facts.done && facts.finishReason !== null)) this.#commit(facts);
    } else if (!this.#context.answer.write(events, facts)) {
      this.#pause(controller);
    } else {
      this.#timer.touch('idle_timeout', this.#timeouts.idleMs);
    }
    if (facts.error) this.fail(inlineFailure(facts.error.status));
    else if (facts.done && this.#committed) this.#finish(facts);
    else if (facts.done) this.fail('empty_answer');
  }

  #onStreamEnd(stream: AnswerStream): void {
    const rest = stream.end();
    const { facts } = stream;
    if (!this.#committed) {
      this.#held.add(rest);
      if (facts.output || facts.finishReason !== null) this.#commit(facts);
    } else if (rest !== '') {
      this.#context.answer.write(rest, facts);
    }
    if (facts.error) this.fail(inlineFailure(facts.error.status));
    else if (facts.finishReason !== null || facts.done) this.#finish(facts);
    else this.fail(facts.output ? 'stream_cut' : 'empty_answer');
  }

  #commit(facts: AnswerFacts): void {
    this.#committed = true;
    this.#firstOutputAt = performance.now();
    this.#timer.start('idle_timeout', this.#timeouts.idleMs);
    this.#context.onCommit();
    this.#context.answer.begin();
    this.#context.answer.write(this.#held.take(), facts);
  }

  #pause(controller: Dispatcher.DispatchController): void {
    controller.pause();
    this.#timer.stop();
    this.#context.answer.drained(() => {
      if (this.#over) return;
      this.#timer.start('idle_timeout', this.#timeouts.idleMs);
      controller.resume();
    });
  }

  #finish(facts: AnswerFacts): void {
    const { answer, candidate } = this.#context;
    this.#close(null);
    // Most providers end the response right behind the end mark, which lets the connection be used again.
    if (this.#stream?.facts.done) this.#timer.start('linger', LINGER_MS);
    void answer.finish(facts, candidate).then(() => this.#resolve({ kind: 'answered' }));
  }

  #collect(chunk: Buffer): void {
    this.#size += chunk.length;
    const refused = this.#status !== null && this.#status >= 300;
    if (refused && this.#size > MAX_REFUSAL_BYTES) {
      this.#onRefusal(this.#status ?? 0);
      this.#controller?.abort(new Error('The refusal is longer than anybody reads.'));
      return;
    }
    if (this.#size > MAX_ANSWER_BYTES) return this.fail('malformed_answer');
    this.#parts.push(chunk);
    this.#timer.touch('idle_timeout', this.#timeouts.idleMs);
  }

  #onRefusal(status: number): void {
    const refusal = this.#context.candidate.endpoint.provider.dialect.refusal(
      status,
      Buffer.concat(this.#parts),
    );
    const type = statusFailure(status, refusal);
    this.#end(
      { kind: 'failed', failure: { type, status, retryAfterMs: this.#retryAfterMs, param: refusal.param } },
      type,
    );
  }

  #onBody(): void {
    const { answer, body, candidate } = this.#context;
    const bytes =
      this.#parts.length === 1 && this.#parts[0] ? this.#parts[0] : Buffer.concat(this.#parts, this.#size);
    this.#parts = [];
    let whole;
    try {
      whole = candidate.endpoint.provider.dialect.answer(body.facts.surface, bytes);
    } catch {
      return this.fail('malformed_answer');
    }
    if (whole.facts.error) return this.fail(inlineFailure(whole.facts.error.status));
    if (!whole.facts.output && whole.facts.finishReason === null) return this.fail('empty_answer');
    // A stream was asked for and a whole answer came: nothing the client could read.
    if (body.facts.stream) return this.fail('malformed_answer');
    this.#firstOutputAt = performance.now();
    this.#context.onCommit();
    this.#close(null);
    void answer.send(whole.body, whole.facts, candidate).then(() => this.#resolve({ kind: 'answered' }));
  }

  /** The provider failed after output had begun. */
  #break(failure: Failure): void {
    const { answer, candidate } = this.#context;
    this.#close(failure.type);
    const error = failureError(failure, candidate.endpoint.provider.name, []);
    void answer.fail(error, this.#facts, candidate).then(() => this.#resolve({ kind: 'broken' }));
  }

  /** Nobody waits for the answer any more. */
  #abandon(): void {
    if (this.#over) return;
    if (this.#context.candidate.endpoint.provider.cancellation === 'drains' && !this.#drainTimer) {
      this.#drainTimer = setTimeout(() => this.#cancel(), DRAIN_MS);
      return;
    }
    this.#cancel();
  }

  #cancel(): void {
    if (this.#over) return;
    this.#controller?.abort(new Error('The client has left.'));
    this.#close('client_closed');
    const { answer, candidate } = this.#context;
    void answer.cancel(this.#facts, candidate).then(() => this.#resolve({ kind: 'abandoned' }));
  }

  #expired(phase: Phase): void {
    if (phase === 'linger')
      this.#controller?.abort(new Error('The provider kept its connection open behind the end.'));
    else this.fail(phase);
  }

  get #facts(): AnswerFacts {
    return this.#stream?.facts ?? emptyFacts();
  }

  #end(end: AttemptEnd, errorType: string | null): void {
    this.#close(errorType);
    this.#resolve(end);
  }

  /** Stops every clock and puts the attempt on the record. Whatever still arrives is ignored. */
  #close(errorType: string | null): void {
    this.#over = true;
    this.#timer.stop();
    clearTimeout(this.#totalTimer);
    clearTimeout(this.#drainTimer);
    this.#unsubscribe();
    const { exchange, candidate } = this.#context;
    exchange.record.attempts.push({
      provider: candidate.endpoint.provider.name,
      model: candidate.endpoint.upstreamModel,
      status: this.#status,
      errorType,
      latencyMs: Math.round((this.#firstOutputAt ?? performance.now()) - this.#startedAt),
    });
  }
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

function isJson(contentType: string | string[] | undefined): boolean {
  return typeof contentType === 'string' && contentType.startsWith('application/json');
}
