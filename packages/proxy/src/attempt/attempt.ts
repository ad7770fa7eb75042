import { emptyFacts, type AnswerFacts, type Provider, type WholeAnswer } from '@onerouter/core';
import type { Dispatcher } from 'undici';
import { failureError } from '../exhausted.ts';
import type { Failure, FailureType } from '../failure.ts';
import { AttemptClock } from './clock.ts';
import { phraseCall, type AttemptContext, type AttemptEnd } from './context.ts';
import type { ReaderEvents, ResponseReader } from './reader.ts';
import { RefusalReader } from './refusal-reader.ts';
import { readRetryAfter } from './retry-after.ts';
import { StreamReader } from './stream-reader.ts';
import { isStaleSocket, transportFailure } from './transport-failure.ts';
import { isUnmarkedEnd } from './unmarked-end.ts';
import { isJson, WholeReader } from './whole-reader.ts';

/** How long a provider that does not stop billing is read on after the client has left. */
const DRAIN_MS = 60_000;

/** One upstream call, from its dispatch to its end. */
export class Attempt implements Dispatcher.DispatchHandler, ReaderEvents {
  readonly #context: AttemptContext;
  readonly #call: Dispatcher.DispatchOptions;
  readonly #provider: Provider;
  readonly #resolve: (end: AttemptEnd) => void;
  readonly #startedAt = performance.now();
  readonly #clock: AttemptClock;
  readonly #unsubscribe: () => void;
  #controller: Dispatcher.DispatchController | undefined;
  #reader: ResponseReader | undefined;
  #status: number | null = null;
  #firstOutputAt: number | undefined;
  #fresh = false;
  #over = false;

  /** Starts the call. The promise rejects only when the dialect cannot phrase it. */
  static run(context: AttemptContext, expose: (attempt: Attempt) => void): Promise<AttemptEnd> {
    return new Promise((resolve) => {
      const attempt = new Attempt(context, phraseCall(context), resolve);
      expose(attempt);
      attempt.#dispatch(context.destination.upstream.dispatcher);
    });
  }

  private constructor(
    context: AttemptContext,
    call: Dispatcher.DispatchOptions,
    resolve: (end: AttemptEnd) => void,
  ) {
    this.#context = context;
    this.#call = call;
    this.#provider = context.candidate.endpoint.provider;
    this.#resolve = resolve;
    this.#clock = new AttemptClock(this.#provider.timeouts, (type) => this.fail(type));
    this.#unsubscribe = context.exchange.onAbandoned(() => this.#abandon());
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#over) controller.abort(new Error('The attempt was over before its connection stood.'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    if (this.#over) return;
    this.#status = status;
    this.#reader = this.#readerFor(status, headers);
    // A stream's clock goes on until the first output: headers alone are no sign of life.
    if (!(this.#reader instanceof StreamReader)) this.#clock.alive();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#over) this.#reader?.data(controller, chunk);
  }

  onResponseEnd(): void {
    this.#context.destination.upstream.reused = true;
    if (!this.#over) this.#reader?.end();
    else this.#clock.closed();
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

  alive(ending = false): void {
    // Of several choices, one may have finished while others go on.
    this.#clock.alive(ending && this.#context.body.facts.choices === 1);
  }

  blocked(controller: Dispatcher.DispatchController): void {
    controller.pause();
    this.#clock.pause();
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
    if (facts.done) this.#clock.linger(() => this.#controller?.abort(new Error('Open behind the end.')));
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
    if (isUnmarkedEnd(type, this.#facts, this.#context.body.facts.choices)) {
      this.streamed(this.#facts);
      return this.#controller?.abort(new Error(type));
    }
    const failure: Failure = { type, status: this.#status };
    this.#close(type);
    this.#controller?.abort(new Error(type));
    if (this.#firstOutputAt === undefined) return this.#resolve({ kind: 'failed', failure });
    const { answer, candidate } = this.#context;
    const error = failureError(failure, this.#provider.name, []);
    void answer.fail(error, this.#facts, candidate).then(() => this.#resolve({ kind: 'broken' }));
  }

  /** Another attempt answers in its place. */
  lose(wastedUsd: string): void {
    if (this.#over) return;
    this.#close('hedge_lost', wastedUsd);
    this.#controller?.abort(new Error('Another provider was faster.'));
    this.#resolve({ kind: 'lost' });
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
    this.#clock.begin(this.#context.body.facts.stream);
    try {
      dispatcher.dispatch(this.#call, this);
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
      this.#clock.drain(DRAIN_MS, () => this.#cancel());
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

  /** Stops every clock and puts the attempt on the record. Whatever still arrives is ignored. */
  #close(errorType: string | null, wastedUsd?: string): void {
    this.#over = true;
    this.#clock.stop();
    this.#unsubscribe();
    this.#context.exchange.record.attempts.push({
      provider: this.#provider.name,
      model: this.#context.candidate.endpoint.upstreamModel,
      status: this.#status,
      errorType,
      latencyMs: Math.round((this.#firstOutputAt ?? performance.now()) - this.#startedAt),
      ...(wastedUsd === undefined ? {} : { wastedUsd }),
    });
  }
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;
