import { emptyFacts } from '@onerouter/core';
import { FollowerEnd, type Ending } from './ending.ts';
import type { Flight, Follower, Landing } from './flight.ts';
import type { Reply } from './reply.ts';

/** Waits for the end of a leader's answer, for a client that wants it in one piece. */
export class WholeFollower implements Follower {
  /** It takes everything, at the end. */
  readonly taken = 0;
  readonly #reply: Reply;
  readonly #end = new FollowerEnd();
  readonly #leave: () => void;

  constructor(reply: Reply, flight: Flight) {
    this.#reply = reply;
    this.#leave = flight.join(this);
    reply.exchange.onAbandoned(() => {
      this.#end.reach(this.#leave, () => reply.answer.cancel(emptyFacts(), undefined));
    });
  }

  get ending(): Promise<Ending> {
    return this.#end.reached;
  }

  wake(): void {}

  cut(): void {
    this.#end.reach(this.#leave);
  }

  land(landing: Landing): void {
    const send = landing.whole ? this.#reply.prepare(landing.answer, landing.candidate) : undefined;
    this.#end.reach(this.#leave, send);
  }
}
