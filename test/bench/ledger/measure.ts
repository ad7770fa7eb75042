import { parseUsd, type Generation } from '@onerouter/core';
import type { Ledger } from '@onerouter/billing';
import { draft, generation } from '@onerouter/billing/testing';
import type { Books } from './books.ts';

export interface Load {
  /** The acts are spread over them in turn. */
  readonly accounts: number;
  /** Exchanges at once, each of which reserves, settles and begins anew. */
  readonly waiting: number;
  /** False: each act waits until the one before it is committed. */
  readonly coalesced: boolean;
}

export interface Figures {
  readonly pairsPerSecond: number;
  /** CPU of this process, all threads, in microseconds. A database server's is not in it. */
  readonly cpuMicrosPerPair: number;
  /** How long a reservation and its settlement take together. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const WARM_UP_MS = 500;
const AMOUNT = 2_000_000n;
const COST = 1_234_567n;

/** Reserves and settles for a while, and counts. */
export async function measure(books: Books, load: Load, forMs: number): Promise<Figures> {
  const opened = await books.open();
  const { ledger } = opened;
  await ledger.start();
  const accounts = Array.from({ length: load.accounts }, (_, n) => `acc-${n}`);
  await Promise.all(
    accounts.map((account) =>
      ledger.credit({ entryId: `pay-${account}`, account, amount: parseUsd('1000000') }),
    ),
  );
  const run = new Run(load.coalesced ? ledger : oneByOne(ledger), accounts);
  await run.go(load.waiting, WARM_UP_MS);
  const figures = await run.go(load.waiting, forMs);
  await opened.close();
  return figures;
}

type Acts = Pick<Ledger, 'reserve' | 'settle'>;

class Run {
  readonly #acts: Acts;
  readonly #accounts: readonly string[];
  #pairs = 0;

  constructor(acts: Acts, accounts: readonly string[]) {
    this.#acts = acts;
    this.#accounts = accounts;
  }

  async go(waiting: number, forMs: number): Promise<Figures> {
    const tookMs: number[] = [];
    const cpu = process.cpuUsage();
    const from = performance.now();
    const until = from + forMs;
    const exchange = async (): Promise<void> => {
      for (let at = performance.now(); at < until;) {
        await this.#pair();
        const now = performance.now();
        tookMs.push(now - at);
        at = now;
      }
    };
    await Promise.all(Array.from({ length: waiting }, exchange));
    const seconds = (performance.now() - from) / 1_000;
    const { user, system } = process.cpuUsage(cpu);
    tookMs.sort((a, b) => a - b);
    return {
      pairsPerSecond: tookMs.length / seconds,
      cpuMicrosPerPair: (user + system) / tookMs.length,
      p50Ms: tookMs[Math.floor(tookMs.length * 0.5)] ?? NaN,
      p99Ms: tookMs[Math.floor(tookMs.length * 0.99)] ?? NaN,
    };
  }

  async #pair(): Promise<void> {
    const n = this.#pairs;
    this.#pairs += 1;
    const account = this.#accounts[n % this.#accounts.length] ?? '';
    const id = `gen-${n.toString(36).padStart(9, '0')}`;
    const request: Generation = draft(id, account);
    await this.#acts.reserve({ id, account, key: 'key-1', amount: AMOUNT, draft: request });
    await this.#acts.settle(id, generation(id, account, { cost: COST }));
  }
}

/** Every act in a commit of its own. */
function oneByOne(ledger: Ledger): Acts {
  let last: Promise<unknown> = Promise.resolve();
  const next = (act: () => Promise<void>): Promise<void> => {
    const done = last.then(act);
    last = done.catch(() => undefined);
    return done;
  };
  return {
    reserve: (request) => next(() => ledger.reserve(request)),
    settle: (id, settled) => next(() => ledger.settle(id, settled)),
  };
}
