import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyLedger, type Ledger, type Payment, type PaymentStore } from '@onerouter/billing';
import { stripeCredits, type StripeCredits, type StripeCreditsOptions } from '@onerouter/billing/stripe';
import { errorResponder, parseUsd, unknownRoute, type PrincipalKind } from '@onerouter/core';
import { serve, type TestServer } from '@onerouter/core/testing';
import express from 'express';
import { expect } from 'vitest';
import { newStore, openStore, readLedger, removeStore } from '../crash/stores.ts';
import type { OpenedStore, StoreAddress, StoreKind } from '../crash/stores.ts';
import {
  fakeStripe,
  type FakeEvent,
  type FakeStripe,
  type FakeStripeOptions,
} from '../support/fake-stripe/index.ts';
import { callerOf } from './caller.ts';

const SILENT = { warn() {}, error() {} };

export interface ShopOptions {
  /** @default 'sqlite' */
  readonly store?: StoreKind;
  readonly fake?: FakeStripeOptions;
  readonly stripe?: Partial<StripeCreditsOptions>;
}

/** A process that sells credits: its routes, and what they keep. */
export interface Counter {
  readonly server: TestServer;
  readonly credits: StripeCredits;
  readonly ledger: Ledger;
  readonly payments: PaymentStore;
}

/** Processes that sell credits through a fake of Stripe, on one store. */
export interface Shop extends Counter {
  readonly fake: FakeStripe;
  readonly address: StoreAddress;
  /** Another process on the same store. */
  another(): Promise<Counter>;
  ask(method: string, path: string, body?: unknown, as?: Caller): Promise<Answer>;
  /** Opens a page for some credit; returns the page's id. */
  checkout(amountUsd: string, as?: Caller): Promise<string>;
  /** Opens a page and pays it. Returns the events that tell of it. */
  buy(amountUsd: string, as?: Caller): Promise<readonly FakeEvent[]>;
  payment(as?: Caller): Promise<Payment>;
  balance(account?: string): Promise<string>;
  /** Asserts that the ledger adds up. */
  verify(): Promise<void>;
  close(): Promise<void>;
}

export interface Caller {
  /** @default 'ann' */
  readonly account?: string;
  /** @default 'session' */
  readonly kind?: PrincipalKind;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, never>> & {
    data?: never;
    error?: { message: string; param: string };
  };
}

export async function openShop(options: ShopOptions = {}): Promise<Shop> {
  const folder = mkdtempSync(join(tmpdir(), 'onerouter-shop-'));
  const address = newStore(options.store ?? 'sqlite', folder);
  const fake = await fakeStripe({ hold: true, ...options.fake });
  const opened: (() => Promise<void>)[] = [];

  const another = async (): Promise<Counter> => {
    const store = await openStore(address, { log: SILENT });
    const counter = await openCounter(store, fake, options.stripe ?? {});
    opened.push(async () => {
      await counter.server.close();
      await counter.credits.autoTopUp.stop();
      await store.close();
    });
    return counter;
  };

  const first = await another();
  const { server, ledger, payments } = first;
  fake.sendTo(`${server.url}/webhooks/stripe`);

  const ask: Shop['ask'] = async (method, path, body, as = {}) => {
    const response = await fetch(server.url + path, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        'x-account': as.account ?? 'ann',
        'x-kind': as.kind ?? 'session',
        ...as.headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Answer['body'] };
  };
  const checkout: Shop['checkout'] = async (amountUsd, as) => {
    const { status, body } = await ask('POST', '/credits/checkout', { amount_usd: amountUsd }, as);
    expect(status).toBe(200);
    return (body as { data: { id: string } }).data.id;
  };

  return {
    ...first,
    fake,
    address,
    another,
    ask,
    checkout,
    async buy(amountUsd, as) {
      const before = fake.events.length;
      fake.pay(await checkout(amountUsd, as));
      return fake.events.slice(before);
    },
    async payment(as = {}) {
      const [payment] = await payments.listPayments(as.account ?? 'ann');
      if (!payment) throw new Error('There is no payment.');
      return payment;
    },
    async balance(account = 'ann') {
      const { balance } = await ledger.balance(account);
      return (Number(balance) / 1e9).toString();
    },
    async verify() {
      const report = await readLedger(address, verifyLedger);
      expect(report.differences).toEqual([]);
    },
    async close() {
      await fake.close();
      for (const close of opened.toReversed()) await close();
      await removeStore(address);
      rmSync(folder, { recursive: true });
    },
  };
}

async function openCounter(
  { ledger, payments }: OpenedStore,
  fake: FakeStripe,
  options: Partial<StripeCreditsOptions>,
): Promise<Counter> {
  if (!payments) throw new Error('The store keeps no payments.');
  const credits = stripeCredits({
    ledger,
    payments,
    secretKey: fake.secretKey,
    webhookSecret: fake.webhookSecret,
    apiBase: fake.url,
    email: async (account) => `${account}@example.com`,
    log: SILENT,
    ...options,
    principal: callerOf,
  });
  const app = express();
  app.use(credits.webhook, credits.routes, unknownRoute(), errorResponder({ log: SILENT }));
  return { server: await serve(app), credits, ledger, payments };
}

/** Spends some of an account's credit, as exchanges do. */
export async function spend(ledger: Ledger, usd: string, account = 'ann'): Promise<void> {
  await ledger.debit({ entryId: `spent-${Math.random()}`, account, amount: parseUsd(usd) });
}
