import { describe, expect, it } from 'vitest';
import type { AccountBook } from './book-store.ts';
import { addUse } from './periods.ts';
import type { LedgerEntry } from './ledger.ts';
import { describeReport, verifyLedger, type LedgerReport } from './verify-ledger.ts';
import type { AuditedAccount, LedgerSource, Rollup, SettledGeneration } from './verify-source.ts';

const account = 'acc-1';
const NOW = Date.UTC(2026, 8, 23, 12);

function entry(fields: Partial<LedgerEntry>): LedgerEntry {
  return { id: 'pay', account, seq: 1, kind: 'top_up', amount: 100n, at: NOW, note: null, ...fields };
}

function charged(
  id: string,
  seq: number,
  cost: bigint,
  fields: Partial<SettledGeneration> = {},
): SettledGeneration {
  return {
    id,
    keyId: 'k',
    model: 'acme/writer-1',
    provider: 'alpha',
    seq,
    settledAt: NOW,
    createdAt: NOW,
    cost,
    charge: cost,
    final: true,
    usage: { promptTokens: 3, completionTokens: 2, source: 'provider' },
    ...fields,
  };
}

interface Planted {
  readonly book?: Partial<AccountBook>;
  readonly entries?: readonly LedgerEntry[];
  readonly generations?: readonly SettledGeneration[];
  readonly rollups?: readonly Rollup[];
  readonly rollupsPendingFrom?: number;
}

/** $100n bought, 10n expired of it, 30n charged in two, 5n late; one reservation of 7n is open. */
const ENTRIES = [
  entry({}),
  entry({ id: 'expire:pay:2', seq: 2, kind: 'expiry', amount: -10n }),
  entry({ id: 'adjust:g3', seq: 7, kind: 'adjustment', amount: -5n }),
];
const GENERATIONS = [charged('g1', 4, 10n), charged('g2', 6, 20n), charged('g3', 7, 5n, { charge: 0n })];
const BOOK: AccountBook = {
  account,
  seq: 8,
  balance: 55n,
  reserved: 7n,
  spent: 35n,
  lots: [{ id: 'pay', amount: 90n, expiresAt: null }],
  open: [{ id: 'g4', key: 'k', amount: 7n, owner: 'one' }],
  keyUse: [addUse(undefined, 'k', 35n, NOW)],
};
const ROLLUP: Rollup = {
  day: '2026-09-23',
  key: 'k',
  model: 'acme/writer-1',
  provider: 'alpha',
  lastSeq: 6,
  requests: 2n,
  promptTokens: 6n,
  completionTokens: 4n,
  reasoningTokens: 0n,
  cost: 30n,
};

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

async function verified(planted: Planted = {}): Promise<LedgerReport> {
  const {
    book,
    entries = ENTRIES,
    generations = GENERATIONS,
    rollups = [ROLLUP],
    rollupsPendingFrom = 7,
  } = planted;
  const audited = (): AuditedAccount => ({
    book: { ...BOOK, ...book },
    entries: each(entries),
    generations: each(generations),
    rollups,
    rollupsPendingFrom,
  });
  const source: LedgerSource = {
    accounts: () => each([account]),
    audit: (_account, look) => look(audited()),
  };
  return verifyLedger(source);
}

async function kinds(planted: Planted): Promise<readonly string[]> {
  return (await verified(planted)).differences.map(({ kind }) => kind);
}

describe('the verification of a ledger', () => {
  it('finds nothing where everything adds up, and says what it looked at', async () => {
    const report = await verified();
    expect(report.differences).toEqual([]);
    expect(describeReport(report)).toBe(
      '1 account, 3 generations, 3 other entries, 1 open reservation: balance $0.000000055, ' +
        'reserved $0.000000007, charged $0.000000035.\nThe ledger adds up.',
    );
  });

  it('finds a balance that was changed', async () => {
    const report = await verified({ book: { balance: 56n } });
    expect(report.differences).toEqual([
      { account, kind: 'balance', id: '', expected: '$0.000000055', found: '$0.000000056' },
    ]);
    expect(describeReport(report)).toMatch(
      /^account acc-1: balance is \$0.000000056, by the entries \$0.000000055\n.*\n.* 1 difference\.$/,
    );
  });

  it('finds an entry that is missing', async () => {
    expect(await kinds({ entries: ENTRIES.slice(1) })).toEqual(['balance', 'lot']);
  });

  it('finds a charge that is missing', async () => {
    expect(await kinds({ generations: GENERATIONS.slice(1) })).toEqual([
      'balance',
      'spent',
      'key-use',
      ...ROLLED,
    ]);
  });

  it('finds a generation that is charged twice: once more by itself, or by an adjustment', async () => {
    const twice = [...GENERATIONS, charged('g1-again', 5, 10n)];
    expect(await kinds({ generations: twice })).toEqual(['balance', 'spent', 'key-use', ...ROLLED]);
    const adjusted = [...ENTRIES, entry({ id: 'adjust:g1', seq: 8, kind: 'adjustment', amount: -10n })];
    expect(await kinds({ entries: adjusted, book: { balance: 45n, spent: 45n } })).toEqual(['charge']);
  });

  it('finds a charge that is not the cost', async () => {
    const [first, ...rest] = GENERATIONS as [SettledGeneration, ...SettledGeneration[]];
    const cheap = [{ ...first, charge: 9n }, ...rest];
    expect(await kinds({ generations: cheap, book: { balance: 56n, spent: 34n } })).toEqual(['charge']);
  });

  it('finds an adjustment that belongs to no generation', async () => {
    const entries = [...ENTRIES, entry({ id: 'adjust:g9', seq: 8, kind: 'adjustment', amount: -1n })];
    expect(await kinds({ entries, book: { balance: 54n, spent: 36n } })).toEqual(['adjustment']);
  });

  it('finds credit that stays held: without a reservation, or by one that was settled', async () => {
    expect(await kinds({ book: { open: [] } })).toEqual(['reserved']);
    const open = [{ id: 'g1', key: 'k', amount: 7n, owner: 'one' }];
    expect(await kinds({ book: { open } })).toEqual(['reservation']);
  });

  it("finds a key's use that is wrong, in all or in a period, also of a key nobody knows", async () => {
    const [use] = BOOK.keyUse;
    if (!use) throw new Error('No use.');
    expect(await kinds({ book: { keyUse: [{ ...use, total: 34n }] } })).toEqual(['key-use']);
    expect(await kinds({ book: { keyUse: [{ ...use, day: 34n }] } })).toEqual(['key-use']);
    expect(await kinds({ book: { keyUse: [] } })).toEqual(['key-use']);
    expect(await kinds({ book: { keyUse: [use, { ...use, key: 'other' }] } })).toEqual(['key-use']);
  });

  it('allows for a charge that was committed just after midnight', async () => {
    const midnight = Date.UTC(2026, 8, 24);
    const generations = GENERATIONS.map((one) => ({ ...one, settledAt: midnight + 5 }));
    const tomorrow = addUse(addUse(undefined, 'k', 15n, midnight - 1), 'k', 20n, midnight);
    expect(await kinds({ generations, book: { keyUse: [tomorrow] } })).toEqual([]);
  });

  it('finds a lot that holds another amount than its credit left, and lots below the balance', async () => {
    const lots = [{ id: 'pay', amount: 80n, expiresAt: null }];
    expect(await kinds({ book: { lots } })).toEqual(['lot']);
    expect(await kinds({ book: { lots: [] } })).toEqual(['lot']);
  });

  it('finds a seq that went back', async () => {
    expect(await kinds({ book: { seq: 6 } })).toEqual(['seq']);
  });

  it('finds a rollup that is wrong, and one that is missing although nothing is on its way to it', async () => {
    expect(await kinds({ rollups: [{ ...ROLLUP, requests: 3n }] })).toEqual(['rollup']);
    expect(await kinds({ rollupsPendingFrom: Infinity })).toEqual(ROLLED);
    expect(await kinds({ rollups: [] })).toEqual(ROLLED);
  });
});

/** Requests, tokens of both kinds, and cost. */
const ROLLED = ['rollup', 'rollup', 'rollup', 'rollup'];
