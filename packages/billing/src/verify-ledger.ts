import { formatUsd, type Nanos } from '@onerouter/core';
import { verifyAccount, type LedgerDifference } from './verify-account.ts';
import type { LedgerSource } from './verify-source.ts';

/** Differences that a report lists; beyond them they are only counted. */
export const MAX_LISTED = 1_000;

/** What a verification found. */
export interface LedgerReport {
  readonly accounts: number;
  /** Entries that are not charges. */
  readonly entries: number;
  /** Settled generations. */
  readonly generations: number;
  /** Open reservations. */
  readonly open: number;
  readonly balance: Nanos;
  readonly reserved: Nanos;
  readonly spent: Nanos;
  /** The first {@link MAX_LISTED}; empty when everything adds up. */
  readonly differences: readonly LedgerDifference[];
  /** How many there are in all. */
  readonly differing: number;
}

/**
 * Recomputes every account's balance, charges, reservations, keys' use, lots and rollups from the ledger's entries.
 * Processes may go on writing meanwhile: each account is compared as it was at one moment.
 *
 * Rejects with the store's own error when it cannot be read.
 */
export async function verifyLedger(source: LedgerSource): Promise<LedgerReport> {
  const totals = { accounts: 0, entries: 0, generations: 0, open: 0, differing: 0 };
  const money = { balance: 0n, reserved: 0n, spent: 0n };
  const differences: LedgerDifference[] = [];
  for await (const account of source.accounts()) {
    const audit = await source.audit(account, verifyAccount);
    totals.accounts += 1;
    totals.entries += audit.entries;
    totals.generations += audit.generations;
    totals.open += audit.open;
    totals.differing += audit.differences.length;
    money.balance += audit.balance;
    money.reserved += audit.reserved;
    money.spent += audit.spent;
    differences.push(...audit.differences.slice(0, MAX_LISTED - differences.length));
  }
  return { ...totals, ...money, differences };
}

/** A report as text for people: what differs, a line each, and what was looked at. */
export function describeReport(report: LedgerReport): string {
  const { accounts, entries, generations, open, balance, reserved, spent, differences, differing } = report;
  const lines = differences.map(
    ({ account, kind, id, expected, found }) =>
      `account ${account}: ${kind}${id === '' ? '' : ` ${id}`} is ${found}, by the entries ${expected}`,
  );
  if (differing > differences.length) lines.push(`… and ${differing - differences.length} more`);
  lines.push(
    `${count(accounts, 'account')}, ${count(generations, 'generation')}, ${count(entries, 'other entry', 'other entries')}, ` +
      `${count(open, 'open reservation')}: balance $${formatUsd(balance)}, ` +
      `reserved $${formatUsd(reserved)}, charged $${formatUsd(spent)}.`,
    differing === 0
      ? 'The ledger adds up.'
      : `The ledger does not add up: ${count(differing, 'difference')}.`,
  );
  return lines.join('\n');
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}
