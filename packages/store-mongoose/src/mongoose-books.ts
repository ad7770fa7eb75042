import { randomUUID } from 'node:crypto';
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
import { emptyBook, readBook, type BookHead } from './book-doc.ts';
import { findBooked } from './booked.ts';
import { bookTotals } from './book-totals.ts';
import { Claims } from './claims.ts';
import { COMMITTED, LATEST } from './concerns.ts';
import { FreeIds } from './free-ids.ts';
import { Leases } from './leases.ts';
import { listEntries } from './list-entries.ts';
import { listHistory } from './list-history.ts';
import { raw, type Models } from './models.ts';
import type { Outbox } from './outbox.ts';
import type { StoreClock } from './server-clock.ts';
import { recordKey } from './values.ts';
import { writeBooks } from './write-books.ts';

/** The ledger's books: each account one document, changed by one conditional write, and by no transaction. */
export class MongooseBooks implements BookStore {
  readonly now: () => number;
  readonly #models: Models;
  readonly #outbox: Outbox;
  readonly #leases: Leases;
  readonly #claims: Claims;
  readonly #free: FreeIds;

  constructor(models: Models, clock: StoreClock, outbox: Outbox) {
    this.now = () => clock.now();
    this.#models = models;
    this.#outbox = outbox;
    this.#leases = new Leases(models, clock);
    this.#claims = new Claims(models);
    this.#free = new FreeIds((wanted) => findBooked(models, wanted, 'generations', LATEST));
  }

  async load(account: string): Promise<AccountBook> {
    this.#free.forget(account);
    const doc = await raw(this.#models.books).findOne<BookHead>(
      { _id: account },
      { ...COMMITTED, projection: { outbox: 0, owners: 0 } },
    );
    return doc ? readBook(doc) : emptyBook(account);
  }

  async seq(account: string): Promise<number> {
    const doc = await raw(this.#models.books).findOne(
      { _id: account },
      { ...COMMITTED, projection: { seq: 1 } },
    );
    return doc?.seq ?? 0;
  }

  async commit(changes: readonly AccountChange[]): Promise<readonly CommitResult[]> {
    const taken = await Promise.all(changes.map((change) => this.#isTaken(change)));
    const sent = changes.filter((_, at) => !taken[at]);
    this.#free.ask(sent.map(({ account, opened }) => ({ account, ids: opened.map(({ id }) => id) })));
    const written = await writeBooks(this.#models, sent, this.now(), randomUUID());
    const results = new Map(sent.map((change, at) => [change, written[at] ?? 'conflict']));
    for (const [{ account, entries, generations, closed }, result] of results) {
      if (result === 'conflict') continue;
      this.#free.drop(account, closed);
      const items = entries.length + generations.length;
      if (items > 0) this.#outbox.added(account, items);
    }
    return changes.map((change) => results.get(change) ?? 'conflict');
  }

  async lookup(account: string, ids: readonly string[]): Promise<ReadonlyMap<string, Booked>> {
    const [booked, foreign] = await Promise.all([
      findBooked(this.#models, [{ account, ids }], 'all', COMMITTED),
      this.#claims.foreign(account, ids),
    ]);
    const found = new Map(foreign);
    for (const id of ids) {
      const one = booked.get(recordKey(account, id));
      if (one) found.set(id, one);
    }
    return found;
  }

  entries(account: string, afterSeq: number, limit: number): Promise<readonly LedgerEntry[]> {
    return listEntries(this.#models, account, afterSeq, limit);
  }

  history(account: string, beforeSeq: number, limit: number): Promise<readonly LedgerEntry[]> {
    return listHistory(this.#models, account, beforeSeq, limit);
  }

  totals(): Promise<BookTotals> {
    return bookTotals(this.#models);
  }

  renewOwner(owner: string, leaseMs: number): Promise<void> {
    return this.#leases.renew(owner, leaseMs);
  }

  dropOwner(owner: string): Promise<void> {
    return this.#leases.drop(owner);
  }

  /** Asked by the sweeper, so dead processes' outboxes are emptied here too. */
  async orphans(limit: number): Promise<readonly Orphan[]> {
    await this.#outbox.sweep();
    return this.#leases.orphans(limit);
  }

  async expiring(before: number, limit: number): Promise<readonly string[]> {
    const docs = await raw(this.#models.books)
      .find(
        { nextExpiryAt: { $lte: new Date(before) } },
        { ...LATEST, projection: { _id: 1 }, sort: { nextExpiryAt: 1 }, limit },
      )
      .toArray();
    return docs.map(({ _id }) => _id);
  }

  /** Whether an id that a change books is there already. Nobody can book it after this and before the write. */
  async #isTaken({ account, entries, generations }: AccountChange): Promise<boolean> {
    await this.#outbox.room(account);
    const claimed = await this.#claims.claim(entries);
    if (claimed === 'foreign') return true;
    if (claimed === 'known') {
      const ids = entries.map(({ id }) => id);
      if ((await findBooked(this.#models, [{ account, ids }], 'all', LATEST)).size > 0) return true;
    }
    const ids = generations.filter(({ replaces }) => !replaces).map(({ generation }) => generation.id);
    return this.#free.anyTaken({ account, ids });
  }
}
