import { newGenerationId, type Generation } from '@onerouter/core';
import type { Ledger } from '@onerouter/billing';
import {
  asksFor,
  passesFilters,
  sumDaily,
  sumDays,
  usageOf,
  type DailyUsage,
  type FinishedStatus,
  type GenerationLog,
  type GenerationQuery,
  type SettlementFeed,
  type UsageRollups,
} from '@onerouter/metering';
import { sampleGeneration } from '@onerouter/metering/testing';
import * as fc from 'fast-check';
import { expect } from 'vitest';

/** What a process has open of a store. */
export interface Process {
  readonly ledger: Ledger;
  readonly generations: GenerationLog & SettlementFeed;
  readonly rollups: UsageRollups;
}

/** Something that happens to one exchange, or somebody who reads. */
export interface Step {
  /** `die`: its process dies, and the sweeper takes over. `late`: the settlement of one that died. `log`: without a ledger. */
  readonly act: 'settle' | 'die' | 'late' | 'log' | 'read';
  readonly who: number;
  readonly fields: Pick<Generation, 'keyId' | 'model' | 'provider' | 'cost'> & {
    readonly status: FinishedStatus;
  };
  readonly day: number;
  readonly promptTokens: number | null;
}

const AT = Date.UTC(2026, 8, 21, 23);
const DAY_MS = 86_400_000;
const ALL = { from: '2026-09-01', to: '2026-10-31' } as const;

const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom('settle', 'settle', 'settle', 'die', 'late', 'log', 'read'),
  who: fc.nat(1),
  fields: fc.record({
    keyId: fc.constantFrom('k1', 'k2'),
    model: fc.constantFrom('', 'acme/a', 'acme/b'),
    provider: fc.constantFrom('', 'p%2F1', 'p/1'),
    status: fc.constantFrom('complete', 'failed', 'cancelled'),
    cost: fc.constantFrom(0n, 1n, 9_007_199_254_740_993n),
  }),
  day: fc.nat(2),
  promptTokens: fc.option(fc.nat(9)),
});

export const steps: fc.Arbitrary<readonly Step[]> = fc.array(step, { minLength: 1, maxLength: 25 });

/** One account of a store, and what has to be seen of it. */
export class ActivityModel {
  readonly #account: string;
  readonly #processes: readonly Process[];
  readonly #passLease: () => void;
  readonly #known = new Map<string, { generation: Generation; state: 'final' | 'left' | 'logged' }>();

  constructor(account: string, processes: readonly Process[], passLease: () => void) {
    this.#account = account;
    this.#processes = processes;
    this.#passLease = passLease;
  }

  /** What counts in sums. */
  usages(): readonly DailyUsage[] {
    return [...this.#known.values()]
      .filter(({ state }) => state === 'final')
      .map(({ generation }) => usageOf(generation));
  }

  async take({ act, who, fields, day, promptTokens }: Step): Promise<void> {
    const createdAt = AT + day * DAY_MS;
    const usage =
      promptTokens === null ? null : ({ promptTokens, completionTokens: 3, source: 'provider' } as const);
    const made = sampleGeneration({ ...fields, accountId: this.#account, createdAt, usage });
    const { ledger, generations } = this.#process(who);
    if (act === 'read') return this.check(who, fields);
    if (act === 'die') return this.#die(made, who);
    if (act === 'log') {
      await generations.append(made);
      this.#known.set(made.id, { generation: made, state: 'logged' });
      return;
    }
    const left = [...this.#known.values()].find(({ state }) => state !== 'final')?.generation;
    const { id, createdAt: at } = act === 'late' && left ? left : made;
    const generation = { ...made, id, createdAt: at };
    await ledger.settle(id, generation);
    this.#known.set(id, { generation, state: 'final' });
  }

  /** Compares what a process answers with what has happened. */
  async check(who: number, fields: Partial<Step['fields']>): Promise<void> {
    const { rollups, generations } = this.#process(who);
    const { keyId, model, status } = fields;
    for (const query of [ALL, { ...ALL, to: '2026-09-21' }, { ...ALL, keyId }, { ...ALL, model, keyId }]) {
      const wanted = sumDaily(this.usages().filter((usage) => asksFor(query, usage)));
      expect(sorted(await rollups.daily(this.#account, query))).toEqual(sorted(wanted));
    }
    const all = [...this.#known.values()].map(({ generation }) => generation);
    const newest = all.toSorted((a, b) => (a.id < b.id ? 1 : -1));
    for (const filters of [{}, { status }, { model, keyId }, { ...fields, cost: undefined }]) {
      const query: GenerationQuery = { accountId: this.#account, limit: 99, ...filters };
      expect(await generations.list(query)).toEqual(newest.filter((one) => passesFilters(one, query)));
    }
    const fed = (await generations.after(this.#account, 0, 99)).map(({ generation }) => generation.id);
    const settled = [...this.#known.values()].filter(({ state }) => state !== 'logged');
    expect(new Set(fed)).toEqual(new Set(settled.map(({ generation }) => generation.id)));
    expect(fed.length).toBe(settled.length);
  }

  async #die(made: Generation, who: number): Promise<void> {
    const { ledger } = this.#process(who);
    const { id, createdAt, keyId, accountId: account } = made;
    const draft = sampleGeneration({
      id,
      createdAt,
      keyId,
      accountId: account,
      model: '',
      provider: '',
      usage: null,
      cost: 0n,
      status: 'pending',
    });
    // More than the history before it can have spent without a reservation.
    const amount = 300_000_000_000_000_000n;
    await ledger.credit({ entryId: `pay-${newGenerationId(createdAt)}`, account, amount, expiresAt: null });
    await ledger.reserve({ id, account, key: keyId, amount: 1n, draft });
    this.#passLease();
    await this.#process(who + 1).ledger.sweep();
    const generation: Generation = { ...draft, status: 'failed', errorType: 'interrupted' };
    const found = await this.#process(who + 1).generations.find(account, id);
    this.#known.set(id, {
      generation: { ...generation, errorType: found?.errorType ?? null },
      state: 'left',
    });
  }

  #process(who: number): Process {
    const found = this.#processes[who % this.#processes.length];
    if (!found) throw new Error('There are no processes.');
    return found;
  }
}

/** Days over all accounts. */
export function totalsOf(models: readonly ActivityModel[]): ReturnType<typeof sumDays> {
  const days = models.flatMap((model) => model.usages()).map(({ day, ...sums }) => ({ ...sums, day }));
  return sumDays(days);
}

export { ALL as ALL_DAYS };

function sorted(rows: readonly DailyUsage[]): readonly DailyUsage[] {
  return rows.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

function nameOf({ day, keyId, model, provider }: DailyUsage): string {
  return JSON.stringify([day, keyId, model, provider]);
}
