import type { Generation } from '@onerouter/core';
import type {
  AccountBook,
  AccountChange,
  Booked,
  BookedGeneration,
  BookStore,
  BookTotals,
  CommitResult,
  KeyUse,
  Lot,
  Orphan,
  Reservation,
} from './book-store.ts';
import type { LedgerEntry } from './ledger.ts';

export interface MemoryBooksOptions {
  /** The store's clock. @default Date.now */
  readonly now?: () => number;
}

/** Books in this process's memory, for tests and for gateways that may forget. */
export interface MemoryBooks extends BookStore {
  /** A finished generation, or the draft of a running one. */
  generation(id: string): Generation | undefined;
}

interface Book {
  seq: number;
  balance: bigint;
  reserved: bigint;
  spent: bigint;
  lots: readonly Lot[];
  nextExpiryAt: number | null;
  readonly open: Map<string, Reservation>;
  readonly keyUse: Map<string, KeyUse>;
  readonly entries: LedgerEntry[];
}

/** Makes empty books. */
export function createMemoryBooks(options: MemoryBooksOptions = {}): MemoryBooks {
  return new Memory(options.now ?? Date.now);
}

class Memory implements MemoryBooks {
  readonly now: () => number;
  readonly #books = new Map<string, Book>();
  readonly #booked = new Map<string, Booked>();
  readonly #generations = new Map<string, Generation>();
  readonly #leases = new Map<string, number>();

  constructor(now: () => number) {
    this.now = now;
  }

  generation(id: string): Generation | undefined {
    const found = this.#generations.get(id);
    if (found) return found;
    for (const { open } of this.#books.values()) if (open.has(id)) return open.get(id)?.draft;
    return undefined;
  }

  async load(account: string): Promise<AccountBook> {
    const book = this.#books.get(account) ?? emptyBook();
    const { seq, balance, reserved, spent, lots } = book;
    const open = [...book.open.values()];
    return { account, seq, balance, reserved, spent, lots, open, keyUse: [...book.keyUse.values()] };
  }

  async seq(account: string): Promise<number> {
    return this.#books.get(account)?.seq ?? 0;
  }

  async commit(changes: readonly AccountChange[]): Promise<readonly CommitResult[]> {
    return changes.map((change) => this.#write(change));
  }

  async lookup(_account: string, ids: readonly string[]): Promise<ReadonlyMap<string, Booked>> {
    const found = new Map<string, Booked>();
    for (const id of ids) {
      const booked = this.#booked.get(id);
      if (booked) found.set(id, booked);
    }
    return found;
  }

  async entries(account: string, afterSeq: number, limit: number): Promise<readonly LedgerEntry[]> {
    const all = this.#books.get(account)?.entries ?? [];
    return all.filter(({ seq }) => seq > afterSeq).slice(0, limit);
  }

  async history(account: string, beforeSeq: number, limit: number): Promise<readonly LedgerEntry[]> {
    const all = this.#books.get(account)?.entries ?? [];
    const listed = all.filter(({ seq, kind }) => seq < beforeSeq && kind !== 'charge');
    return listed.toReversed().slice(0, limit);
  }

  async totals(): Promise<BookTotals> {
    const sums = { balance: 0n, reserved: 0n, spent: 0n };
    for (const { balance, reserved, spent } of this.#books.values()) {
      sums.balance += balance;
      sums.reserved += reserved;
      sums.spent += spent;
    }
    return sums;
  }

  async renewOwner(owner: string, leaseMs: number): Promise<void> {
    this.#leases.set(owner, this.now() + leaseMs);
  }

  async dropOwner(owner: string): Promise<void> {
    this.#leases.delete(owner);
  }

  async orphans(limit: number): Promise<readonly Orphan[]> {
    const now = this.now();
    const orphans: Orphan[] = [];
    for (const [account, book] of this.#books) {
      for (const { id, owner, draft } of book.open.values()) {
        if ((this.#leases.get(owner) ?? 0) <= now) orphans.push({ account, id, owner, draft });
      }
    }
    return orphans.slice(0, limit);
  }

  async expiring(before: number, limit: number): Promise<readonly string[]> {
    const due: string[] = [];
    for (const [account, { nextExpiryAt }] of this.#books) {
      if (nextExpiryAt !== null && nextExpiryAt <= before) due.push(account);
    }
    return due.slice(0, limit);
  }

  #write(change: AccountChange): CommitResult {
    const book = this.#books.get(change.account) ?? emptyBook();
    if (book.seq !== change.fromSeq || this.#taken(change)) return 'conflict';
    const { seq, balance, reserved, spent, lots, nextExpiryAt } = change;
    Object.assign(book, { seq, balance, reserved, spent }, lots ? { lots, nextExpiryAt } : {});
    for (const id of change.closed) book.open.delete(id);
    for (const reservation of change.opened) book.open.set(reservation.id, reservation);
    for (const use of change.keyUse) book.keyUse.set(use.key, use);
    for (const entry of change.entries) {
      this.#booked.set(entry.id, { account: entry.account, amount: entry.amount, final: true });
    }
    for (const booked of change.generations) this.#keep(change.account, booked);
    const charges = change.generations.flatMap((booked) => chargeOf(change.account, booked, this.now()));
    book.entries.push(...[...change.entries, ...charges].toSorted((a, b) => a.seq - b.seq));
    this.#books.set(change.account, book);
    return 'ok';
  }

  #taken({ entries, generations }: AccountChange): boolean {
    return (
      entries.some(({ id }) => this.#booked.has(id)) ||
      generations.some(({ generation, replaces }) => !replaces && this.#booked.has(generation.id))
    );
  }

  #keep(account: string, { generation, charge, final }: BookedGeneration): void {
    this.#generations.set(generation.id, generation);
    this.#booked.set(generation.id, { account, amount: -charge, final });
  }
}

function chargeOf(account: string, booked: BookedGeneration, at: number): readonly LedgerEntry[] {
  const { generation, seq, charge } = booked;
  if (charge === 0n) return [];
  return [{ id: generation.id, account, seq, kind: 'charge', amount: -charge, at, note: null }];
}

function emptyBook(): Book {
  return {
    seq: 0,
    balance: 0n,
    reserved: 0n,
    spent: 0n,
    lots: [],
    nextExpiryAt: null,
    open: new Map(),
    keyUse: new Map(),
    entries: [],
  };
}
