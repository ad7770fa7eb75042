import type {
  AccountBook,
  AccountChange,
  KeyUse,
  LedgerEntry,
  Lot,
  OpenReservation,
} from '@onerouter/billing';
import { packGeneration } from './generation-fields.ts';
import type { BookDoc, KeyUsePart, LotPart, OpenPart, OutboxItem } from './schemas/book.ts';
import { fromFieldName, readNanos } from './values.ts';

/** What of a book is read to load an account. */
export type BookHead = Pick<
  BookDoc,
  '_id' | 'seq' | 'balance' | 'reserved' | 'spent' | 'lots' | 'open' | 'keyUse'
>;

export function readBook({ _id: account, seq, ...doc }: BookHead): AccountBook {
  return {
    account,
    seq,
    balance: readNanos(doc.balance),
    reserved: readNanos(doc.reserved),
    spent: readNanos(doc.spent),
    lots: doc.lots.map(readLot),
    open: Object.entries(doc.open).map(([name, part]) => readOpen(fromFieldName(name), part)),
    keyUse: Object.entries(doc.keyUse).map(([name, part]) => readKeyUse(fromFieldName(name), part)),
  };
}

export function emptyBook(account: string): AccountBook {
  return { account, seq: 0, balance: 0n, reserved: 0n, spent: 0n, lots: [], open: [], keyUse: [] };
}

export function writeLots(lots: readonly Lot[]): LotPart[] {
  return lots.map(({ id, amount, expiresAt }) => ({ id, amount, expiresAt: date(expiresAt) }));
}

export function writeKeyUse({ total, dayNo, day, weekNo, week, monthNo, month }: KeyUse): KeyUsePart {
  return { total, dayNo, day, weekNo, week, monthNo, month };
}

/** What a change books, in order. */
export function outboxItems(change: AccountChange, nowMs: number): OutboxItem[] {
  const items: OutboxItem[] = [];
  for (const { id, seq, kind, amount, at, note } of change.entries) {
    items.push({ seq, id, entry: { kind, amount, at: new Date(at), note } });
  }
  for (const { generation, seq, charge, final, replaces } of change.generations) {
    const settled = { ...packGeneration(generation), charge, final, settledAt: new Date(nowMs), replaces };
    items.push({ seq, id: generation.id, generation: settled });
  }
  return items.toSorted((a, b) => a.seq - b.seq);
}

/** An item of the outbox as an entry; `undefined` for a generation that charged nothing. */
export function readItem(
  account: string,
  { seq, id, entry, generation }: OutboxItem,
): LedgerEntry | undefined {
  if (entry) {
    const { kind, amount, at, note } = entry;
    return { id, account, seq, kind, amount: readNanos(amount), at: at.getTime(), note };
  }
  if (!generation) return undefined;
  return chargeEntry(account, id, seq, readNanos(generation.charge), generation.settledAt);
}

/** The entry that a generation's charge is. */
export function chargeEntry(
  account: string,
  id: string,
  seq: number,
  charge: bigint,
  settledAt: Date,
): LedgerEntry | undefined {
  if (charge === 0n) return undefined;
  return { id, account, seq, kind: 'charge', amount: -charge, at: settledAt.getTime(), note: null };
}

function readLot({ id, amount, expiresAt }: LotPart): Lot {
  return { id, amount: readNanos(amount), expiresAt: expiresAt?.getTime() ?? null };
}

function readOpen(id: string, { key, amount, owner }: OpenPart): OpenReservation {
  return { id, key, amount: readNanos(amount), owner };
}

function readKeyUse(key: string, part: KeyUsePart): KeyUse {
  const { dayNo, weekNo, monthNo } = part;
  const [total, day, week, month] = [part.total, part.day, part.week, part.month].map(readNanos) as [
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  return { key, total, dayNo, day, weekNo, week, monthNo, month };
}

function date(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
