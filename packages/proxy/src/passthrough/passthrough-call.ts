import { emptyFacts, GatewayError, type Exchange } from '@onerouter/core';
import { PhaseTimer } from '../attempt/phase-timer.ts';
import type { FailureType } from '../failure.ts';
import { passthroughError, refusalType } from './refused.ts';
import type { PassthroughTarget } from './target.ts';

type Phase = Extract<FailureType, 'connect_timeout' | 'headers_timeout' | 'idle_timeout'>;

/** What a call asks of whoever carries its bytes. */
export interface Carrier {
  /** Whether, before the provider answers, it is the client whose bytes are waited for. */
  readonly clientStalls: boolean;
  /** Nothing has reached the client: answer it with this error. */
  failed(error: GatewayError): void;
  /** Break off, towards the provider, and towards the client where an answer has begun. */
  abort(): void;
}

/** The one upstream call of an exchange that is passed through: its clock, its place on the record, its end. */
export class PassthroughCall {
  readonly #exchange: Exchange;
  readonly #target: PassthroughTarget;
  readonly #carrier: Carrier;
  readonly #timer: PhaseTimer<Phase>;
  readonly #total: NodeJS.Timeout | undefined;
  readonly #startedAt = performance.now();
  readonly #facts = emptyFacts();
  readonly #unsubscribe: () => void;
  #status: number | null = null;
  #sent = false;
  #begunAt: number | undefined;
  #over = false;

  constructor(exchange: Exchange, target: PassthroughTarget, carrier: Carrier) {
    this.#exchange = exchange;
    this.#target = target;
    this.#carrier = carrier;
    this.#timer = new PhaseTimer<Phase>((phase) => this.#expired(phase));
    const { connectMs, totalMs } = target.provider.timeouts;
    this.#timer.start('connect_timeout', connectMs);
    if (totalMs !== undefined) this.#total = setTimeout(() => this.broke('total_timeout'), totalMs);
    this.#unsubscribe = exchange.onAbandoned(() => this.#cancel());
  }

  /** Whether it has ended; what still arrives is of no interest. */
  get over(): boolean {
    return this.#over;
  }

  /** Bytes have moved, in either direction. */
  alive(): void {
    if (this.#over || (this.#sent && this.#begunAt === undefined)) return;
    this.#timer.touch('idle_timeout', this.#target.provider.timeouts.idleMs);
  }

  /** The request is sent; it is the provider's turn. */
  sent(): void {
    this.#sent = true;
    if (!this.#over && this.#begunAt === undefined)
      this.#timer.start('headers_timeout', this.#target.provider.timeouts.headersMs);
  }

  /** Silence is nobody's fault from here on: the client is the slow one, or the connection may be quiet. */
  pause(): void {
    this.#timer.stop();
  }

  /** The provider has accepted the call. From here on it is paid for, unless the provider breaks it off. */
  began(status: number): void {
    const { record } = this.#exchange;
    this.#status = status;
    this.#begunAt = performance.now();
    this.#facts.output = true;
    record.latencyMs = Math.round(this.#begunAt - this.#startedAt);
    this.#exchange.noteFirstOutput();
    this.alive();
  }

  /** The provider answered with anything but success. */
  refused(status: number, retryAfterMs: number | undefined): void {
    if (this.#over) return;
    this.#status = status;
    this.#fail(refusalType(status), retryAfterMs);
  }

  /** The connection to the provider failed, or a limit has passed. */
  broke(type: FailureType): void {
    if (this.#over) return;
    if (this.#begunAt === undefined) {
      this.#fail(type);
      this.#carrier.abort();
      return;
    }
    this.#close(type);
    const error = passthroughError({ type, status: this.#status }, this.#target.provider.name, []);
    void this.#exchange.settle({ status: 'truncated', facts: this.#facts, candidate: undefined, error });
    this.#carrier.abort();
  }

  /** The answer is whole. Resolves when it is settled, so that its last bytes may leave. */
  async complete(): Promise<void> {
    if (this.#over) return;
    this.#close(null);
    const status = this.#exchange.clientGone ? 'cancelled' : 'complete';
    await this.#exchange.settle({ status, facts: this.#facts, candidate: undefined });
  }

  #expired(phase: Phase): void {
    const uploading = phase === 'idle_timeout' && this.#begunAt === undefined;
    if (!uploading || !this.#carrier.clientStalls) return this.broke(phase);
    this.#close('request_stalled');
    this.#carrier.failed(
      new GatewayError('timeout', 'The body stopped arriving. Send the request again. Nothing was charged.'),
    );
    this.#carrier.abort();
  }

  #fail(type: FailureType, retryAfterMs?: number): void {
    this.#close(type);
    const { record } = this.#exchange;
    const failure = { type, status: this.#status, retryAfterMs };
    this.#carrier.failed(passthroughError(failure, this.#target.provider.name, record.attempts));
  }

  /** Nobody waits for the answer any more, or the process ends. */
  #cancel(): void {
    if (this.#over) return;
    this.#close('client_closed');
    void this.#exchange.settle({ status: 'cancelled', facts: this.#facts, candidate: undefined });
    this.#carrier.abort();
  }

  /** Stops the clocks and puts the call on the record. */
  #close(errorType: string | null): void {
    this.#over = true;
    this.#timer.stop();
    clearTimeout(this.#total);
    this.#unsubscribe();
    const now = performance.now();
    const { record } = this.#exchange;
    if (this.#begunAt !== undefined) record.generationMs = Math.round(now - this.#begunAt);
    record.attempts.push({
      provider: this.#target.provider.name,
      model: record.requestedModel,
      status: this.#status,
      errorType,
      latencyMs: Math.round((this.#begunAt ?? now) - this.#startedAt),
    });
  }
}
