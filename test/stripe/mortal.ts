import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Ledger } from '@onerouter/billing';
import { stripeCredits } from '@onerouter/billing/stripe';
import { openSqliteStore } from '@onerouter/store-sqlite';
import express from 'express';

/* A process that takes events and is killed when it first books something. */

export type KillPoint = 'before the ledger' | 'after the ledger';

export interface MortalOptions {
  readonly path: string;
  readonly apiBase: string;
  readonly secretKey: string;
  readonly webhookSecret: string;
  readonly point: KillPoint;
}

const { path, point, ...stripe } = JSON.parse(process.argv[2] ?? '') as MortalOptions;
const { ledger, payments } = openSqliteStore(path);

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

async function mortally<T>(act: () => Promise<T>): Promise<T> {
  if (point === 'before the ledger') die();
  const done = await act();
  die();
  return done;
}

const mortal: Pick<Ledger, 'credit' | 'debit' | 'balance' | 'booked'> = {
  credit: (request) => mortally(() => ledger.credit(request)),
  debit: (request) => mortally(() => ledger.debit(request)),
  balance: (account) => ledger.balance(account),
  booked: (account, ids) => ledger.booked(account, ids),
};

const { webhook } = stripeCredits({
  ledger: mortal,
  payments,
  ...stripe,
});
const server = createServer(express().use(webhook));
server.listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
