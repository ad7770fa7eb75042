import { formatUsd, type Nanos } from '@onerouter/core';
import { adjustmentId } from './fold-settle.ts';
import type { LedgerEntry } from './ledger.ts';
import { LotCheck } from './verify-lots.ts';
import { RollupCheck } from './verify-rollups.ts';
import type { AuditedAccount, SettledGeneration } from './verify-source.ts';
import { UseCheck } from './verify-use.ts';

/** Something that the ledger's entries do not bear out. */
export interface LedgerDifference {
  readonly account: string;
  /**
   * - `balance`, `spent`, `reserved`, `seq`: a number of the account.
   * - `charge`: a generation that is charged another amount than its cost, or twice; `adjustment`: one without a generation.
   * - `reservation`: one that is open although its generation was settled.
   * - `key-use`, `lot`, `rollup`: a sum that is kept beside the entries.
   */
  readonly kind:
    | 'balance'
    | 'spent'
    | 'reserved'
    | 'seq'
    | 'charge'
    | 'adjustment'
    | 'reservation'
    | 'key-use'
    | 'lot'
    | 'rollup';
  /** Which generation, reservation, key, lot or rollup; empty for the account's own numbers. */
  readonly id: string;
  /** By the entries. Money is in USD. */
  readonly expected: string;
  readonly found: string;
}

/** What was read of an account, and what of it differs. */
export interface AccountAudit {
  readonly entries: number;
  readonly generations: number;
  readonly open: number;
  readonly balance: Nanos;
  readonly spent: Nanos;
  readonly reserved: Nanos;
  readonly differences: readonly LedgerDifference[];
}

/** Recomputes an account from its entries, reading each once; what it keeps in memory are keys, lots and adjustments. */
export async function verifyAccount(audited: AuditedAccount): Promise<AccountAudit> {
  const check = new AccountCheck(audited);
  for await (const entry of audited.entries) check.entry(entry);
  for await (const generation of audited.generations) check.generation(generation);
  return check.result();
}

class AccountCheck {
  readonly #audited: AuditedAccount;
  readonly #differences: LedgerDifference[] = [];
  readonly #lots: LotCheck;
  readonly #rollups: RollupCheck | undefined;
  readonly #use: Map<string, UseCheck>;
  /** Adjustments whose generation was not seen yet. */
  readonly #adjustments = new Map<string, Nanos>();
  readonly #open: ReadonlySet<string>;
  #entries = 0;
  #generations = 0;
  #sum = 0n;
  #spent = 0n;
  #lastSeq = 0;

  constructor(audited: AuditedAccount) {
    const { book, rollups, rollupsPendingFrom = Infinity } = audited;
    this.#audited = audited;
    this.#lots = new LotCheck(book.lots);
    this.#rollups = rollups && new RollupCheck(rollups, rollupsPendingFrom);
    this.#use = new Map(book.keyUse.map((use) => [use.key, new UseCheck(use)]));
    this.#open = new Set(book.open.map(({ id }) => id));
  }

  entry(entry: LedgerEntry): void {
    this.#entries += 1;
    this.#sum += entry.amount;
    this.#lastSeq = Math.max(this.#lastSeq, entry.seq);
    this.#lots.add(entry);
    if (entry.kind !== 'adjustment') return;
    this.#spent -= entry.amount;
    this.#adjustments.set(entry.id, -entry.amount);
  }

  generation(generation: SettledGeneration): void {
    const { id, keyId, seq, cost, charge, final } = generation;
    this.#generations += 1;
    this.#sum -= charge;
    this.#spent += charge;
    this.#lastSeq = Math.max(this.#lastSeq, seq);
    const adjusted = this.#adjustments.get(adjustmentId(id)) ?? 0n;
    this.#adjustments.delete(adjustmentId(id));
    const owed = final ? cost : 0n;
    if (charge + adjusted !== owed) this.#money('charge', id, owed, charge + adjusted);
    if (!final) return;
    if (this.#open.has(id)) this.#differ('reservation', id, 'none, since it is settled', 'open');
    this.#rollups?.add(generation);
    if (cost === 0n) return;
    const use = this.#use.get(keyId) ?? new UseCheck(undefined);
    use.add(generation);
    this.#use.set(keyId, use);
  }

  result(): AccountAudit {
    const { balance, reserved, spent, seq, open, lots } = this.#audited.book;
    const held = open.reduce((total, { amount }) => total + amount, 0n);
    if (balance !== this.#sum) this.#money('balance', '', this.#sum, balance);
    if (spent !== this.#spent) this.#money('spent', '', this.#spent, spent);
    if (reserved !== held) this.#money('reserved', '', held, reserved);
    if (seq < this.#lastSeq) this.#differ('seq', '', `at least ${this.#lastSeq}`, `${seq}`);
    for (const [id, amount] of this.#adjustments) this.#money('adjustment', id, 0n, amount);
    for (const [key, use] of this.#use) {
      for (const { of, expected, found } of use.differences()) {
        this.#money('key-use', of === 'total' ? key : `${key} (${of})`, expected, found);
      }
    }
    for (const { lot, expected, found } of this.#lots.differences()) this.#money('lot', lot, expected, found);
    if (this.#lots.total < balance) {
      this.#differ(
        'lot',
        '',
        `lots of at least ${usd(balance)}`,
        `${lots.length} of ${usd(this.#lots.total)}`,
      );
    }
    for (const { rollup, of, expected, found } of this.#rollups?.differences() ?? []) {
      if (of === 'cost') this.#money('rollup', rollup, expected, found);
      else this.#differ('rollup', `${rollup} (${of})`, `${expected}`, `${found}`);
    }
    return {
      entries: this.#entries,
      generations: this.#generations,
      open: open.length,
      balance,
      spent,
      reserved,
      differences: this.#differences,
    };
  }

  #money(kind: LedgerDifference['kind'], id: string, expected: Nanos, found: Nanos): void {
    this.#differ(kind, id, usd(expected), usd(found));
  }

  #differ(kind: LedgerDifference['kind'], id: string, expected: string, found: string): void {
    this.#differences.push({ account: this.#audited.book.account, kind, id, expected, found });
  }
}

function usd(amount: Nanos): string {
  return `$${formatUsd(amount)}`;
}
