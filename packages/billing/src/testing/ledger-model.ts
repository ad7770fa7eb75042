import * as fc from 'fast-check';
import { expect } from 'vitest';
import { createLedger } from '../create-ledger.ts';
import { InsufficientCreditsError } from '../ledger-errors.ts';
import type { Ledger } from '../ledger.ts';
import { draft, generation } from './fixtures.ts';
import { checkBooks, checkLedger, TEST_NOW, type MadeBooks, type TestClock } from './ledger-suite.ts';

const account = 'acc-1';

type Step =
  | { readonly act: 'reserve' | 'settle' | 'release'; readonly id: number; readonly amount: number }
  | { readonly act: 'credit' | 'debit'; readonly id: number; readonly amount: number }
  | { readonly act: 'pass'; readonly amount: number }
  | { readonly act: 'sweep' | 'restart' };

/** A step, who takes it, and whether the one before it is waited for. */
interface Move {
  readonly step: Step;
  readonly who: number;
  readonly waits: boolean;
}

const numbered = (act: 'reserve' | 'settle' | 'release' | 'credit' | 'debit'): fc.Arbitrary<Step> =>
  fc.record({
    act: fc.constant(act),
    id: fc.integer({ min: 0, max: 11 }),
    amount: fc.integer({ min: 1, max: 60 }),
  }) as fc.Arbitrary<Step>;

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: numbered('reserve') },
  { weight: 6, arbitrary: numbered('settle') },
  { weight: 2, arbitrary: numbered('release') },
  { weight: 3, arbitrary: numbered('credit') },
  { weight: 1, arbitrary: numbered('debit') },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('pass' as const),
      amount: fc.integer({ min: 1, max: 20_000 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('sweep' as const) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('restart' as const) }) },
);

const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.record({ step: steps, who: fc.integer({ min: 0, max: 1 }), waits: fc.boolean() }),
  { minLength: 1, maxLength: 60 },
);

/**
 * Any acts in any interleaving by two processes that may die: entries add up to the balance, each generation is charged
 * at most once and each that was settled exactly once, each credit is booked once, and the account goes below zero by no
 * more than its exchanges overran their reservations.
 */
export async function ledgerModel(makeBooks: (clock: TestClock) => Promise<MadeBooks>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(moves, async (moves) => {
      const clock = { now: TEST_NOW };
      const made = await makeBooks(clock);
      const run = new Run(made, clock);
      try {
        await run.play(moves);
        await run.verify();
      } finally {
        await run.close();
      }
    }),
    { numRuns: 60, endOnFailure: false },
  );
}

class Run {
  readonly #made: MadeBooks;
  readonly #clock: TestClock;
  readonly #ledgers: Ledger[] = [];
  readonly #left: Ledger[] = [];
  /** Cost that each settled id was settled with first. */
  readonly #settled = new Map<string, bigint>();
  readonly #credited = new Set<string>();
  #pending: Promise<unknown>[] = [];

  constructor(made: MadeBooks, clock: TestClock) {
    this.#made = made;
    this.#clock = clock;
  }

  async play(moves: readonly Move[]): Promise<void> {
    for (const books of [this.#made.books, await this.#made.another()])
      this.#ledgers.push(createLedger(books));
    for (const { step, who, waits } of moves) {
      this.#pending.push(this.#take(step, who));
      if (!waits) continue;
      await this.#settleAll();
      await checkBooks(this.#made.books, account);
    }
    await this.#settleAll();
  }

  async verify(): Promise<void> {
    const { books } = this.#made;
    await checkBooks(books, account);
    await checkLedger(this.#made);
    const entries = await books.entries(account, 0, 10_000);
    const charges = new Map<string, bigint>();
    for (const { id, kind, amount } of entries) {
      if (kind !== 'charge' && kind !== 'adjustment') continue;
      const exchange = id.replace('adjust:', '');
      expect(charges.has(exchange)).toBe(false);
      charges.set(exchange, -amount);
    }
    expect(charges).toEqual(this.#settled);
    const credits = entries.filter(({ kind }) => kind === 'top_up').map(({ id }) => id);
    expect(new Set(credits)).toEqual(this.#credited);
    expect(credits).toHaveLength(this.#credited.size);
    const { balance, reserved } = await books.load(account);
    const spent = [...this.#settled.values()].reduce((total, cost) => total + cost, 0n);
    expect(balance - reserved >= -spent).toBe(true);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#ledgers, ...this.#left].map((ledger) => ledger.close()));
    await this.#made.close?.();
  }

  async #settleAll(): Promise<void> {
    const pending = this.#pending;
    this.#pending = [];
    await Promise.all(pending);
  }

  async #take(step: Step, who: number): Promise<void> {
    const ledger = this.#ledgers[who] as Ledger;
    switch (step.act) {
      case 'reserve': {
        const { id, amount } = named(step);
        await refusable(ledger.reserve({ id, account, key: 'k', amount, draft: draft(id, account) }));
        return;
      }
      case 'settle': {
        const { id } = named(step);
        // The cost goes with the id: repeating an act means to repeat all of it. It may exceed the reservation.
        const cost = BigInt(step.id * 7 + 1);
        this.#settled.set(id, cost);
        await ledger.settle(id, generation(id, account, { cost }));
        return;
      }
      case 'release':
        await ledger.release(named(step).id, account);
        return;
      case 'credit': {
        const entryId = `pay-${step.id}`;
        this.#credited.add(entryId);
        const expiresAt = TEST_NOW + step.id * 10_000;
        await ledger.credit({ entryId, account, amount: BigInt(step.id * 10 + 5), expiresAt });
        return;
      }
      case 'debit': {
        const amount = BigInt(step.amount);
        await refusable(ledger.debit({ entryId: `back-${step.id}`, account, amount, upTo: step.id > 5 }));
        return;
      }
      case 'pass':
        this.#clock.now += step.amount;
        return;
      case 'sweep':
        await ledger.sweep();
        return;
      case 'restart': {
        // What the old process had under way goes on; it only gets no new acts and renews nothing more.
        this.#left.push(ledger);
        this.#ledgers[who] = createLedger(await this.#made.another());
      }
    }
  }
}

function named(step: { readonly id: number; readonly amount: number }): { id: string; amount: bigint } {
  return { id: `gen-${step.id}`, amount: BigInt(step.amount) };
}

async function refusable(act: Promise<unknown>): Promise<void> {
  try {
    await act;
  } catch (error) {
    if (!(error instanceof InsufficientCreditsError)) throw error;
  }
}
