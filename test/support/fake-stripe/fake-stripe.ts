import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { stripeApi, type Moods } from './api.ts';
import { calls, type ReceivedCall } from './calls.ts';
import { Deliveries, type FakeEvent } from './deliveries.ts';
import { Money } from './money.ts';
import { Objects, type StripeObject } from './objects.ts';
import { stripePages } from './pages.ts';

export const FAKE_SECRET_KEY = 'sk_test_fake';
export const FAKE_WEBHOOK_SECRET = 'whsec_fake';

export interface FakeStripeOptions {
  /** Where events go. @default nowhere, until `sendTo` */
  readonly webhookUrl?: string;
  /** @default 'whsec_fake' */
  readonly webhookSecret?: string;
  /** How often each event is sent, all at once. @default 1 */
  readonly copies?: number;
  /** Keep events instead of sending them. @default false */
  readonly hold?: boolean;
  /** @default a free one */
  readonly port?: number;
}

/** Stripe on loopback: its API as the official library speaks it, its pages, and its signed events. */
export interface FakeStripe {
  /** `http://127.0.0.1:PORT`: the API's base, and where the pages are. */
  readonly url: string;
  readonly secretKey: string;
  readonly webhookSecret: string;
  readonly objects: Objects;
  readonly money: Money;
  readonly moods: Moods;
  /** What was asked of the API, in order. */
  readonly calls: readonly ReceivedCall[];
  /** Every event there was, sent or held. */
  readonly events: readonly FakeEvent[];
  sendTo(webhookUrl: string): void;
  /** Keeps the events from now on, or sends them again. */
  hold(held: boolean): void;
  /** Sends an event once. Resolves to the status of the answer. */
  send(event: object, secret?: string, timestamp?: number): Promise<number>;
  /** Pays a page, as its button does. */
  pay(sessionId: string, method?: 'card' | 'delayed'): StripeObject;
  /** Makes the API answer like this until it is told otherwise: `down` fails, `lost` acts and fails to answer. */
  outage(kind: 'down' | 'lost' | undefined): void;
  /** Waits until every event was taken. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

let started = 0;

export async function fakeStripe(options: FakeStripeOptions = {}): Promise<FakeStripe> {
  const { webhookUrl, webhookSecret = FAKE_WEBHOOK_SECRET, copies = 1, hold = false, port = 0 } = options;
  let url = '';
  started += 1;
  const objects = new Objects(`${process.pid.toString(36)}${started}x`);
  const deliveries = new Deliveries({ webhookUrl, webhookSecret, copies, hold });
  const money = new Money(objects, deliveries, () => url);
  const moods: Moods = { decline: undefined, refuseRefunds: undefined };
  const recorder = calls(FAKE_SECRET_KEY);

  const app = express();
  app.set('query parser', 'extended');
  app.use(express.urlencoded({ extended: true }));
  app.use(
    '/v1',
    recorder.middleware,
    stripeApi(objects, money, moods, () => url),
  );
  app.use(stripePages(objects, money));

  const server = createServer(app);
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    secretKey: FAKE_SECRET_KEY,
    webhookSecret,
    objects,
    money,
    moods,
    calls: recorder.received,
    events: deliveries.events,
    sendTo(address) {
      deliveries.options.webhookUrl = address;
    },
    hold(held) {
      deliveries.options.hold = held;
    },
    send: (event, secret, timestamp) => deliveries.send(event, secret, timestamp),
    pay(sessionId, method = 'card') {
      const session = objects.need(sessionId);
      if (session['mode'] === 'setup') money.giveCard(session);
      else money.paySession(session, method);
      return session;
    },
    outage(kind) {
      recorder.outage = kind;
    },
    idle: () => deliveries.idle(),
    async close() {
      await deliveries.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
