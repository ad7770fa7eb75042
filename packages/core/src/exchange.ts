import type { IncomingMessage } from 'node:http';
import type { Response } from 'express';
import type { AnswerFacts } from './answer/facts.ts';
import type { ChargedCost } from './answer/usage-wire.ts';
import type { Log } from './log.ts';
import { loggableError } from './loggable.ts';
import type { ExchangeObserver, Outcome } from './observer.ts';
import type { Generation } from './record.ts';
import { defineSlot, type Slot } from './slot.ts';

export type { ExchangeObserver, Outcome } from './observer.ts';

/** One client call, from its arrival to its settlement. */
export class Exchange {
  readonly record: Generation;
  /** What was charged, once billing has computed it. */
  charged: ChargedCost | undefined;
  /** Output tokens that were reserved where the client named no limit. */
  outputLimit: number | undefined;
  readonly #log: Log;
  readonly #observers: ExchangeObserver[] = [];
  readonly #chunkObservers: ExchangeObserver[] = [];
  readonly #leaveListeners = new Set<() => void>();
  #holders = 0;
  #clientGone = false;
  #forsaken = false;
  #abandoned = false;
  #settling: Promise<void> | undefined;
  #firstOutput = false;
  #isSettled = false;
  readonly #settledListeners: (() => void)[] = [];
  #hasRunner = false;
  #controller: AbortController | undefined;

  constructor(record: Generation, log: Log) {
    this.record = record;
    this.#log = log;
  }

  get id(): string {
    return this.record.id;
  }

  /** Whether the client has closed its connection before the answer was complete. */
  get clientGone(): boolean {
    return this.#clientGone;
  }

  /** Whether nobody waits for the answer any more: the client is gone, and no follower holds on. */
  get abandoned(): boolean {
    return this.#abandoned;
  }

  get settled(): boolean {
    return this.#settling !== undefined;
  }

  /** Whether a source has taken it on itself to settle this exchange, whatever happens. */
  get hasRunner(): boolean {
    return this.#hasRunner;
  }

  /** Aborts when nobody waits for the answer any more; made on first use, since most exchanges need none. */
  get signal(): AbortSignal {
    if (!this.#controller) {
      const controller = new AbortController();
      this.#controller = controller;
      this.onAbandoned(() => controller.abort());
    }
    return this.#controller.signal;
  }

  /** Called by the source that answers: from now on it settles the exchange, also when the client leaves. */
  takeOver(): void {
    this.#hasRunner = true;
  }

  /** Calls back once the exchange is settled; at once if it is. */
  onSettled(listener: () => void): void {
    if (this.#isSettled) listener();
    else this.#settledListeners.push(listener);
  }

  /** Adds an observer. Those of middlewares mounted later run first at the end. */
  observe(observer: ExchangeObserver): void {
    this.#observers.push(observer);
    if (observer.onChunk) this.#chunkObservers.push(observer);
  }

  /**
   * Calls back once when nobody waits for the answer any more; at once if that is so already.
   *
   * @returns a function that takes the listener off
   */
  onAbandoned(listener: () => void): () => void {
    if (this.#abandoned) {
      listener();
      return () => {};
    }
    this.#leaveListeners.add(listener);
    return () => this.#leaveListeners.delete(listener);
  }

  /**
   * Keeps the exchange running although its own client may leave: another client waits for the same answer.
   *
   * @returns a function that lets go, safe to call more than once
   */
  hold(): () => void {
    this.#holders += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#holders -= 1;
      this.#checkAbandoned();
    };
  }

  /** The client closed its connection. Called by `openExchange()`, and by whoever finds that it takes nothing. */
  clientLeft(): void {
    this.#clientGone = true;
    this.#checkAbandoned();
  }

  /** Ends the exchange for everybody, whoever holds on to it: the process ends. */
  forsake(): void {
    this.#forsaken = true;
    this.clientLeft();
  }

  /** Tells the observers that output begins; only the first call counts. */
  noteFirstOutput(): void {
    if (this.#firstOutput) return;
    this.#firstOutput = true;
    for (const observer of this.#observers) {
      try {
        observer.onFirstOutput?.();
      } catch (err) {
        this.#complain(observer, err);
      }
    }
  }

  /** Shows the observers a piece of the answer. */
  noteChunk(chunk: string | Buffer, facts: AnswerFacts): void {
    for (const observer of this.#observers) {
      try {
        observer.onChunk?.(chunk, facts);
      } catch (err) {
        this.#complain(observer, err);
      }
    }
  }

  /** Ends the exchange: runs every observer's `onSettle` once. Later calls return the first one's promise. */
  settle(outcome: Outcome): Promise<void> {
    this.#settling ??= this.#settle(outcome);
    return this.#settling;
  }

  async #settle(outcome: Outcome): Promise<void> {
    const { record } = this;
    record.status = outcome.status;
    record.finishReason = outcome.facts.finishReason;
    record.nativeFinishReason = outcome.facts.nativeFinishReason;
    record.upstreamId = outcome.facts.upstreamId;
    record.errorType = outcome.error?.errorType ?? null;
    if (outcome.candidate) {
      record.model = outcome.candidate.model.id;
      record.provider = outcome.candidate.endpoint.provider.name;
      record.upstreamModel = outcome.candidate.endpoint.upstreamModel;
    }
    this.#leaveListeners.clear();
    const observers = this.#observers.toReversed();
    for (const observer of observers) {
      if (observer.beforeSettle) await this.#ended(observer, () => observer.beforeSettle?.(outcome));
    }
    for (const observer of observers) {
      if (observer.onSettle) await this.#ended(observer, () => observer.onSettle?.(outcome));
    }
    this.#isSettled = true;
    for (const listener of this.#settledListeners) listener();
  }

  async #ended(observer: ExchangeObserver, act: () => void | Promise<void>): Promise<void> {
    try {
      await act();
    } catch (err) {
      this.#log.error(
        { err: loggableError(err), observer: observer.name, generation: this.id },
        'An exchange observer failed to settle.',
      );
    }
  }

  #checkAbandoned(): void {
    if (!this.#clientGone || (this.#holders > 0 && !this.#forsaken) || this.#abandoned || this.#settling)
      return;
    this.#abandoned = true;
    const listeners = [...this.#leaveListeners];
    this.#leaveListeners.clear();
    for (const listener of listeners) listener();
  }

  #complain(observer: ExchangeObserver, err: unknown): void {
    this.#log.error(
      { err: loggableError(err), observer: observer.name, generation: this.id },
      'An exchange observer failed.',
    );
  }
}

/** Filled by `openExchange()`. */
export const exchangeSlot: Slot<Exchange> = defineSlot('exchange', 'openExchange()');

/** A middleware option: a value, or how to find it on the request. */
export type PerRequest<T> = T | ((req: IncomingMessage, res: Response) => T);
