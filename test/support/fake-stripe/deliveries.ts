import { setTimeout as pause } from 'node:timers/promises';
import { Stripe } from 'stripe';
import type { StripeObject } from './objects.ts';

/** An event as it is sent. */
export interface FakeEvent {
  readonly id: string;
  readonly type: string;
  readonly object: 'event';
  readonly created: number;
  readonly livemode: boolean;
  readonly api_version: string;
  /** The object as it stood when the event was made. */
  readonly data: { readonly object: StripeObject };
}

export interface DeliveryOptions {
  /** @default nowhere: events are only kept */
  webhookUrl: string | undefined;
  webhookSecret: string;
  /** How often each event is sent, all at once. @default 1 */
  copies: number;
  /** Keep events instead of sending them, for a test to send. @default false */
  hold: boolean;
}

/** How long the fake waits before it sends again what was not answered with 2xx. */
const RETRY_MS = 100;
const MAX_TRIES = 100;

/** Sends events to the webhook endpoint, signed as Stripe signs them. */
export class Deliveries {
  readonly events: FakeEvent[] = [];
  readonly options: DeliveryOptions;
  readonly #running = new Set<Promise<unknown>>();
  readonly #closed = new AbortController();
  #made = 0;

  constructor(options: DeliveryOptions) {
    this.options = options;
  }

  /** Makes an event of an object as it is now, and sends it, unless events are held. */
  emit(type: string, object: StripeObject): FakeEvent {
    this.#made += 1;
    const event: FakeEvent = {
      id: `evt_${String(this.#made).padStart(6, '0')}`,
      type,
      object: 'event',
      created: Math.floor(Date.now() / 1000),
      livemode: object.livemode,
      api_version: '2026-10-28.endive',
      data: { object: structuredClone(object) },
    };
    this.events.push(event);
    if (!this.options.hold && this.options.webhookUrl !== undefined) {
      for (let n = 0; n < this.options.copies; n += 1) this.#run(this.#sendUntilTaken(event));
    }
    return event;
  }

  /** Sends an event once. Resolves to the status of the answer. */
  async send(
    event: object,
    secret: string = this.options.webhookSecret,
    timestamp?: number,
  ): Promise<number> {
    const { webhookUrl } = this.options;
    if (webhookUrl === undefined)
      throw new Error('The fake of Stripe was given no address to send events to.');
    const payload = JSON.stringify(event);
    const signed = { payload, secret, ...(timestamp !== undefined && { timestamp }) };
    const signature = Stripe.webhooks.generateTestHeaderString(signed);
    const answer = await fetch(webhookUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature },
      body: payload,
    });
    await answer.arrayBuffer();
    return answer.status;
  }

  /** Waits until every event that is under way was taken. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.idle();
  }

  #run(work: Promise<unknown>): void {
    const running = work.catch(() => {}).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #sendUntilTaken(event: FakeEvent): Promise<void> {
    for (let tried = 0; tried < MAX_TRIES && !this.#closed.signal.aborted; tried += 1) {
      const status = await this.send(event).catch(() => 0);
      if (status >= 200 && status < 300) return;
      await pause(RETRY_MS, undefined, { signal: this.#closed.signal });
    }
  }
}
