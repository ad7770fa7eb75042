import type { Candidate, Exchange, GatewayError, Outcome } from '@onerouter/core';
import type { StoredAnswer } from './cache-store.ts';
import type { Capture } from './capture.ts';

/** How a leader's answer ended, as its followers are told. */
export type Landing =
  | { readonly whole: true; readonly answer: StoredAnswer; readonly candidate: Candidate }
  | { readonly whole: false; readonly error: GatewayError | undefined };

/** Another exchange that waits for a leader's answer. */
export interface Follower {
  /** Bytes of the capture that it has taken. */
  readonly taken: number;
  /** More bytes are there. */
  wake(): void;
  /** The bytes that it has not taken are about to be dropped. */
  cut(): void;
  land(landing: Landing): void;
}

/**
 * One running upstream call and all who wait for its answer: the leader, whose exchange makes the call, and its
 * followers, who read what the leader's answer leaves in the capture, each at its own pace.
 */
export class Flight {
  readonly leader: Exchange;
  readonly capture: Capture;
  readonly #onClosed: (flight: Flight) => void;
  readonly #followers = new Set<Follower>();
  /** A whole answer, which comes in one piece. */
  #body: Buffer | undefined;
  #closed = false;

  /** @param onClosed called once, when nobody may join any more */
  constructor(leader: Exchange, capture: Capture, onClosed: (flight: Flight) => void) {
    this.leader = leader;
    this.capture = capture;
    this.#onClosed = onClosed;
  }

  /** Whether an identical request may still join. */
  get open(): boolean {
    return !this.#closed && !this.leader.abandoned && !this.leader.settled;
  }

  /**
   * Adds a follower, and keeps the leader's exchange running for it.
   *
   * @returns a function that takes it off, safe to call more than once
   */
  join(follower: Follower): () => void {
    this.#followers.add(follower);
    const letGo = this.leader.hold();
    return () => {
      this.#followers.delete(follower);
      letGo();
      this.#tidy();
    };
  }

  /** A piece of the leader's answer, on its way to the leader's client. */
  take(chunk: string | Buffer): void {
    if (typeof chunk !== 'string') {
      this.#body = chunk;
      return;
    }
    if (this.#closed && this.#followers.size === 0) return;
    if (!this.#closed && this.capture.append(chunk)) this.#wake();
    else this.#slide(chunk);
  }

  /** The leader's exchange has ended. Tells the followers, and returns what may be stored. */
  land(outcome: Outcome): StoredAnswer | undefined {
    this.#close();
    const landing = this.#landing(outcome);
    for (const follower of this.#followers) follower.land(landing);
    this.#tidy();
    if (!landing.whole) return undefined;
    const { events, whole } = landing.answer;
    return events || (whole && whole.length <= this.capture.maxBytes) ? landing.answer : undefined;
  }

  /** The answer is too long to keep: followers that keep up go on, those that lag behind are cut off. */
  #slide(chunk: string): void {
    this.#close();
    const { capture } = this;
    const end = capture.length;
    for (const follower of this.#followers) {
      const behind = end - follower.taken;
      if (behind > 0 && behind + chunk.length > capture.maxBytes) follower.cut();
    }
    this.#tidy();
    if (this.#followers.size === 0) return;
    capture.drop(Math.min(...[...this.#followers].map((follower) => follower.taken)));
    capture.append(chunk, true);
    this.#wake();
  }

  #landing(outcome: Outcome): Landing {
    const { facts, candidate, error } = outcome;
    const ended = outcome.status === 'complete' || (outcome.status === 'cancelled' && !this.leader.abandoned);
    const said = (facts.output || facts.finishReason !== null) && facts.error === undefined;
    if (!ended || !said || !candidate) return { whole: false, error };
    const events = this.#body ? undefined : this.capture.copy();
    const answer: StoredAnswer = {
      sourceId: this.leader.id,
      storedAt: Date.now(),
      modelId: candidate.model.id,
      endpointId: candidate.endpoint.id,
      facts: { ...facts },
      ...(events ? { events } : {}),
      ...(this.#body ? { whole: this.#body } : {}),
    };
    return { whole: true, answer, candidate };
  }

  #wake(): void {
    for (const follower of this.#followers) follower.wake();
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#onClosed(this);
  }

  #tidy(): void {
    if (this.#closed && this.#followers.size === 0) this.capture.release();
  }
}
