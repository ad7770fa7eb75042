import type { Response } from 'express';
import { EventStream } from './event-stream.ts';

/** An event of the feed, ready to be sent. */
export interface FeedEvent {
  readonly position: number;
  readonly data: string;
}

/** What a listener hears from. */
export interface Source {
  /** Where the feed ends as far as it is known here. */
  readonly position: number;
  /** The latest balance, once it is known. */
  readonly balance: string | undefined;
  /** Events behind a position, oldest first, a bounded number; none when there are no more. */
  after(position: number): Promise<readonly FeedEvent[]>;
}

/** One client, and how far it has heard. Slow ones are behind, and keep nobody waiting. */
export class Listener {
  readonly stream: EventStream;
  readonly #source: Source;
  readonly #failed: (error: unknown) => void;
  #position: number;
  #balance: string | undefined;
  #busy = false;
  #again = false;

  /** @param position where the client has heard up to */
  constructor(res: Response, source: Source, position: number, failed: (error: unknown) => void) {
    this.#source = source;
    this.#position = position;
    this.#failed = failed;
    this.stream = new EventStream(res, position, () => this.pump());
  }

  /** Sends what there is, as far as the client takes it. */
  pump(): void {
    this.#again = true;
    if (this.#busy) return;
    this.#busy = true;
    this.#pump()
      // What was not sent is tried again with the next poll.
      .catch(this.#failed)
      .finally(() => {
        this.#busy = false;
      });
  }

  async #pump(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      this.#sendBalance();
      while (this.stream.open && this.#position < this.#source.position) {
        const upTo = this.#source.position;
        const events = await this.#source.after(this.#position);
        if (events.length === 0) this.#position = upTo;
        for (const { position, data } of events) {
          if (!this.stream.open) return;
          this.stream.send('generation', data, position);
          this.#position = position;
        }
      }
    }
  }

  #sendBalance(): void {
    const { balance } = this.#source;
    if (!this.stream.open || balance === undefined || balance === this.#balance) return;
    this.#balance = balance;
    this.stream.send('balance', balance);
  }
}
