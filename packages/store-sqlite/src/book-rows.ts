import type { SQLOutputValue } from 'node:sqlite';
import type { EntryKind, KeyUse, LedgerEntry, Lot, OpenReservation } from '@onerouter/billing';

/** A row, its integers read as bigints. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** @throws {TypeError} when the column holds no text, which the schema rules out */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`Column ${column} holds no text.`);
  return value;
}

/** @throws {TypeError} when the column holds no integer, which the schema rules out */
export function whole(row: Row, column: string): bigint {
  const value = row[column];
  if (typeof value !== 'bigint') throw new TypeError(`Column ${column} holds no integer.`);
  return value;
}

/** An integer that fits a number: a time, a count. */
export function number(row: Row, column: string): number {
  return Number(whole(row, column));
}

export function readOpen(row: Row): OpenReservation {
  return {
    id: text(row, 'id'),
    key: text(row, 'key'),
    amount: whole(row, 'amount'),
    owner: text(row, 'owner'),
  };
}

export function readKeyUse(row: Row): KeyUse {
  return {
    key: text(row, 'key'),
    total: whole(row, 'total'),
    dayNo: number(row, 'day_no'),
    day: whole(row, 'day'),
    weekNo: number(row, 'week_no'),
    week: whole(row, 'week'),
    monthNo: number(row, 'month_no'),
    month: whole(row, 'month'),
  };
}

export function readEntry(row: Row): LedgerEntry {
  const note = row['note'];
  return {
    id: text(row, 'id'),
    account: text(row, 'account'),
    seq: number(row, 'seq'),
    kind: text(row, 'kind') as EntryKind,
    amount: whole(row, 'amount'),
    at: number(row, 'at'),
    note: typeof note === 'string' ? note : null,
  };
}

export function writeLots(lots: readonly Lot[]): string {
  return JSON.stringify(lots.map((lot) => ({ ...lot, amount: lot.amount.toString() })));
}

export function readLots(json: string): readonly Lot[] {
  const stored = JSON.parse(json) as readonly (Lot & { readonly amount: string })[];
  return stored.map((lot) => ({ ...lot, amount: BigInt(lot.amount) }));
}

/** Whether a statement reads rows; then its integers must be read as bigints, since money beyond 2^53 would throw. */
export function isRead(sql: string): boolean {
  return sql.trimStart().startsWith('SELECT');
}
