import type { DatabaseSync } from 'node:sqlite';
import type {
  AccountBook,
  AccountChange,
  Booked,
  BookStore,
  BookTotals,
  CommitResult,
  LedgerEntry,
  Orphan,
} from '@onerouter/billing';
import { bookTotals } from './book-totals.ts';
import { bookStatements, type BookStatements } from './book-statements.ts';
import { readEntry, readKeyUse, readLots, readOpen, text, whole, writeLots } from './book-rows.ts';
import { transaction } from './database.ts';
import { packGeneration, readDraft } from './generation-rows.ts';

/** SQLite's code for an id that is there already. */
const CONSTRAINT = 19;

/** The ledger's books as rows: an account, its open reservations and its keys' use change in one transaction. */
export class SqliteBooks implements BookStore {
  readonly now: () => number;
  readonly #db: DatabaseSync;
  readonly #sql: BookStatements;
  #searched = false;

  constructor(db: DatabaseSync, now: () => number) {
    this.#db = db;
    this.now = now;
    this.#sql = bookStatements(db);
  }

  async load(account: string): Promise<AccountBook> {
    return transaction(this.#db, 'DEFERRED', () => {
      const row = this.#sql.book.get(account);
      const open = this.#sql.open.all(account).map(readOpen);
      const keyUse = this.#sql.keyUse.all(account).map(readKeyUse);
      return {
        account,
        seq: Number(row?.['seq'] ?? 0),
        balance: row ? whole(row, 'balance') : 0n,
        reserved: row ? whole(row, 'reserved') : 0n,
        spent: row ? whole(row, 'spent') : 0n,
        lots: row ? readLots(text(row, 'lots')) : [],
        open,
        keyUse,
      };
    });
  }

  async seq(account: string): Promise<number> {
    return Number(this.#sql.seq.get(account)?.['seq'] ?? 0);
  }

  async commit(changes: readonly AccountChange[]): Promise<readonly CommitResult[]> {
    try {
      return transaction(this.#db, 'IMMEDIATE', () => changes.map((change) => this.#write(change)));
    } catch (error) {
      // An id was taken after all. The whole commit is undone; the second try looks its ids up first.
      if (isConstraint(error)) return changes.map(() => 'conflict');
      throw error;
    }
  }

  async lookup(account: string, ids: readonly string[]): Promise<ReadonlyMap<string, Booked>> {
    const found = new Map<string, Booked>();
    for (const id of ids) {
      const row = this.#sql.entry.get(id) ?? this.#sql.generation.get(account, id);
      if (!row) continue;
      const final = row['final'] === 1n;
      found.set(id, { account: text(row, 'account'), amount: whole(row, 'amount'), final });
    }
    return found;
  }

  async entries(account: string, afterSeq: number, limit: number): Promise<readonly LedgerEntry[]> {
    return this.#sql.entries.all(account, afterSeq, account, afterSeq, limit).map(readEntry);
  }

  async history(account: string, beforeSeq: number, limit: number): Promise<readonly LedgerEntry[]> {
    return this.#sql.history.all(account, beforeSeq, limit).map(readEntry);
  }

  totals(): Promise<BookTotals> {
    return bookTotals(this.#db);
  }

  async renewOwner(owner: string, leaseMs: number): Promise<void> {
    this.#sql.renewOwner.run(owner, this.now() + leaseMs);
  }

  async dropOwner(owner: string): Promise<void> {
    this.#sql.dropOwner.run(owner);
  }

  async orphans(limit: number): Promise<readonly Orphan[]> {
    const now = this.now();
    // To find them means to read all books, which is for the first time, and for when somebody has died.
    if (this.#searched && !this.#sql.deadOwner.get(now)) return [];
    const rows = this.#sql.orphans.all(now, limit);
    if (rows.length === 0) {
      this.#sql.forgetOwners.run(now);
      this.#searched = true;
    }
    return rows.map((row) => ({
      account: text(row, 'account'),
      id: text(row, 'id'),
      owner: text(row, 'owner'),
      draft: readDraft(row),
    }));
  }

  async expiring(before: number, limit: number): Promise<readonly string[]> {
    return this.#sql.expiring.all(before, limit).map((row) => text(row, 'account'));
  }

  #write(change: AccountChange): CommitResult {
    const { account, fromSeq, seq, balance, reserved, spent, lots } = change;
    const written = this.#sql.update.run(seq, balance, reserved, spent, account, fromSeq);
    if (Number(written.changes) !== 1) {
      if (fromSeq !== 0) return 'conflict';
      if (Number(this.#sql.insert.run(account, seq, balance, reserved, spent).changes) !== 1)
        return 'conflict';
    }
    if (lots) this.#sql.lots.run(writeLots(lots), change.nextExpiryAt, account);
    for (const id of change.closed) this.#sql.close.run(account, `open:${id}`);
    for (const { id, key, amount, owner, draft } of change.opened) {
      const data = packGeneration(draft);
      this.#sql.reserve.run(account, `open:${id}`, key, amount, owner, draft.createdAt, data);
    }
    for (const use of change.keyUse) {
      const { key, total, dayNo, day, weekNo, week, monthNo, month } = use;
      this.#sql.use.run(account, `key:${key}`, key, total, dayNo, day, weekNo, week, monthNo, month);
    }
    for (const { id, seq, kind, amount, at, note } of change.entries) {
      this.#sql.append.run(id, account, seq, kind, amount, at, note);
    }
    for (const { generation, seq, charge, final, replaces } of change.generations) {
      const { id, createdAt, keyId, model, provider, status, cost } = generation;
      const statement = replaces ? this.#sql.replace : this.#sql.keep;
      const settledAt = this.now();
      const data = packGeneration(generation);
      statement.run(
        account,
        id,
        createdAt,
        keyId,
        model,
        provider,
        status,
        cost,
        seq,
        charge,
        settledAt,
        final ? 1 : 0,
        data,
      );
    }
    return 'ok';
  }
}

function isConstraint(error: unknown): boolean {
  // The low byte is the code, what is above it says which kind of constraint.
  return (((error as { errcode?: number }).errcode ?? 0) & 0xff) === CONSTRAINT;
}
