import {
  emptyFacts,
  type Answer,
  type AnswerFacts,
  type Candidate,
  type Exchange,
  type Provider,
  type RequestBody,
  type WholeAnswer,
} from '@onerouter/core';
import type { Dispatcher } from 'undici';
import { failureError } from '../exhausted.ts';
import type { Failure, FailureType } from '../failure.ts';
import type { Destination } from '../upstreams.ts';
import { PhaseTimer } from './phase-timer.ts';
import type { ReaderEvents, ResponseReader } from './reader.ts';
import { RefusalReader } from './refusal-reader.ts';
import { readRetryAfter } from './retry-after.ts';
import { StreamReader } from './stream-reader.ts';
import { isStaleSocket, transportFailure } from './transport-failure.ts';
import { WholeReader } from './whole-reader.ts';

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
  readonly destination: Destination;
  /** Output begins to reach the client; from here on no other candidate can take over. */
  readonly onCommit: () => void;
}

/** How long a provider that does not stop billing is read on after the client has left. */
const DRAIN_MS = 60_000;
/** How long a connection may stay open behind the end mark of its stream. */
const LINGER_MS = 2_000;

type Phase = 'first_token_timeout' | 'headers_timeout' | 'idle_timeout' | 'linger';

/** One upstream call, from its dispatch to its end. */
export class Attempt implements Dispatcher.DispatchHandler, ReaderEvents {
  readonly #context: AttemptContext;
  readonly #provider: Provider;
  readonly #resolve: (end: AttemptEnd) => void;
  readonly #startedAt = performance.now();
  readonly #timer = new PhaseTimer<Phase>((phase) => this.#expired(phase));
  readonly #unsubscribe: () => void;
  #controller: Dispatcher.DispatchController | undefined;
  #totalTimer: NodeJS.Timeout | undefined;
  #drainTimer: NodeJS.Timeout | undefined;
  #reader: ResponseReader | undefined;
  #status: number | null = null;
  #firstOutputAt: number | undefined;
  #fresh = false;
  #over = false;

  /** Starts the call. The promise never rejects. */
  static run(context: AttemptContext, expose: (attempt: Attempt) => void): Promise<AttemptEnd> {
    return new Promise((resolve) => {
      const attempt = new Attempt(context, resolve);
      expose(attempt);
      attempt.#dispatch(context.destination.upstream.dispatcher);
    });
  }

  private constructor(context: AttemptContext, resolve: (end: AttemptEnd) => void) {
    this.#context = context;
    this.#provider = context.candidate.endpoint.provider;
    this.#resolve = resolve;
    const { totalMs } = this.#provider.timeouts;
    if (totalMs !== undefined) this.#totalTimer = setTimeout(() => this.fail('total_timeout'), totalMs);
    this.#unsubscribe = context.exchange.onAbandoned(() => this.#abandon());
  }

  // What undici reports.

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#over) controller.abort(new Error('The attempt was over before its connection stood.'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    if (this.#over) return;
    this.#status = status;
    this.#reader = this.#readerFor(status, headers);
    // A stream's clock goes on until the first output: headers alone are no sign of life.
    if (!(this.#reader instanceof StreamReader)) this.alive();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#over) this.#reader?.data(controller, chunk);
  }

  onResponseEnd(): void {
    this.#context.destination.upstream.reused = true;
    if (!this.#over) this.#reader?.end();
    else this.#timer.stop();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#over) return;
    // A refusal counts as read as far as it came.
    if (this.#reader instanceof RefusalReader) return this.#reader.end();
    if (this.#status !== null) return this.fail('stream_cut');
    if (isStaleSocket(error) && this.#context.destination.upstream.reused && !this.#fresh)
      return this.#redispatch();
    this.fail(transportFailure(error));
  }

  // What the reader reports.

  alive(): void {
    this.#timer.touch('idle_timeout', this.#provider.timeouts.idleMs);
  }

  blocked(controller: Dispatcher.DispatchController): void {
    controller.pause();
    this.#timer.stop();
    this.#context.answer.drained(() => {
      if (this.#over) return;
      this.alive();
      controller.resume();
    });
  }

  commit(): void {
    this.#firstOutputAt = performance.now();
    this.alive();
    this.#context.onCommit();
  }

  streamed(facts: AnswerFacts): void {
    const { answer, candidate } = this.#context;
    this.#close(null);
    // Most providers end the response right behind the end mark, which lets the connection be used again.
    if (facts.done) this.#timer.start('linger', LINGER_MS);
    void answer.finish(facts, candidate).then(() => this.#resolve({ kind: 'answered' }));
  }

  answered(whole: WholeAnswer): void {
    const { answer, candidate } = this.#context;
    this.commit();
    this.#close(null);
    void answer.send(whole.body, whole.facts, candidate).then(() => this.#resolve({ kind: 'answered' }));
  }

  refused(failure: Failure): void {
    this.#close(failure.type);
    this.#resolve({ kind: 'failed', failure });
  }

  /** Ends the attempt with a failure: before output another candidate may follow, after it the answer breaks off. */
  fail(type: FailureType): void {
    if (this.#over) return;
    const failure: Failure = { type, status: this.#status };
    this.#close(type);
    this.#controller?.abort(new Error(type));
    if (this.#firstOutputAt === undefined) return this.#resolve({ kind: 'failed', failure });
    const { answer, candidate } = this.#context;
    const error = failureError(failure, this.#provider.name, []);
    void answer.fail(error, this.#facts, candidate).then(() => this.#resolve({ kind: 'broken' }));
  }

  get #facts(): AnswerFacts {
    return this.#reader?.facts ?? emptyFacts();
  }

  #readerFor(status: number, headers: Headers): ResponseReader {
    const { body, answer, candidate } = this.#context;
    const { dialect } = this.#provider;
    if (status < 200 || status >= 300) {
      return new RefusalReader(dialect, status, readRetryAfter(headers, Date.now()), this);
    }
    if (!body.facts.stream || isJson(headers['content-type']))
      return new WholeReader(dialect, body.facts, this);
    return new StreamReader(dialect.stream(body.facts.surface, answer.owned(candidate)), answer, this);
  }

  #dispatch(dispatcher: Dispatcher): void {
    const { body, candidate, apiKey, destination, exchange } = this.#context;
    const { dialect, headers, timeouts } = this.#provider;
    const { surface, stream } = body.facts;
    if (stream) this.#timer.start('first_token_timeout', timeouts.firstTokenMs);
    else this.#timer.start('headers_timeout', timeouts.headersMs);
    try {
      const request = dialect.request({
        surface,
        body,
        candidate,
        apiKey,
        outputLimit: exchange.outputLimit,
      });
      dispatcher.dispatch(
        {
          origin: destination.upstream.origin,
          path: destination.basePath + request.path,
          method: 'POST',
          headers: { 'user-agent': 'onerouter', ...request.headers, ...headers },
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
    const once = this.#context.destination.upstream.fresh();
    this.#dispatch(once);
    void once.close().catch(() => {});
  }

  /** Nobody waits for the answer any more. */
  #abandon(): void {
    if (this.#provider.cancellation === 'drains') {
      this.#drainTimer ??= setTimeout(() => this.#cancel(), DRAIN_MS);
    } else {
      this.#cancel();
    }
  }

  #cancel(): void {
    if (this.#over) return;
    this.#close('client_closed');
    this.#controller?.abort(new Error('The client has left.'));
    const { answer, candidate } = this.#context;
    void answer.cancel(this.#facts, candidate).then(() => this.#resolve({ kind: 'abandoned' }));
  }

  #expired(phase: Phase): void {
    if (phase === 'linger')
      this.#controller?.abort(new Error('The provider kept its connection open behind the end.'));
    else this.fail(phase);
  }

  /** Stops every clock and puts the attempt on the record. Whatever still arrives is ignored. */
  #close(errorType: string | null): void {
    this.#over = true;
    this.#timer.stop();
    clearTimeout(this.#totalTimer);
    clearTimeout(this.#drainTimer);
    this.#unsubscribe();
    this.#context.exchange.record.attempts.push({
      provider: this.#provider.name,
      model: this.#context.candidate.endpoint.upstreamModel,
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
