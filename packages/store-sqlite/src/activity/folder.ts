import type { DatabaseSync } from 'node:sqlite';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { number, text, type Row } from '../book-rows.ts';
import { BUSY_TIMEOUT_MS, transaction } from '../database.ts';
import { sumDays, sumRollups } from './day-sums.ts';
import { foldStatements, type FoldStatements } from './fold-statements.ts';
import { Lister } from './lister.ts';

/** How long a reader waits between tries while another writer has the lock, and for how long at most. */
const RETRY_MS = 20;
const RETRIES = 250;
/** SQLite's code for a lock that somebody else has. */
const BUSY = 5;

/**
 * Generations that one transaction folds. It holds the write lock for some milliseconds, in which every settlement waits;
 * fewer would cost more in all, since each of many lists and sums is a page of its own.
 */
export const FOLD_BATCH = 250;

/**
 * Folds generations that the ledger has settled into rollups and lists. A batch is read without a lock, and written in a
 * transaction that first moves the account's mark from where the batch began: so each generation counts once, however
 * many processes fold at once and wherever one of them dies.
 */
export class Folder {
  readonly #db: DatabaseSync;
  readonly #sql: FoldStatements;
  readonly #busyTimeoutMs: number;

  /** @param busyTimeoutMs what the connection waits for locks, elsewhere than in {@link catchUp} */
  constructor(db: DatabaseSync, busyTimeoutMs: number = BUSY_TIMEOUT_MS) {
    this.#db = db;
    this.#busyTimeoutMs = busyTimeoutMs;
    this.#sql = foldStatements(db);
  }

  /**
   * Folds until nothing is left that was settled before the call, with other work in between. Rejects when the lock cannot
   * be had for some seconds.
   */
  async catchUp(account: string): Promise<void> {
    for (let tries = 0; ;) {
      const found = this.#tryBatch(account, tries === RETRIES);
      if (found !== undefined && found < FOLD_BATCH) return;
      tries = found === undefined ? tries + 1 : 0;
      await (found === undefined ? setTimeout(RETRY_MS) : setImmediate());
    }
  }

  /** @returns `undefined` when another writer has the lock: waiting for it here would stop every running stream */
  #tryBatch(account: string, last: boolean): number | undefined {
    this.#db.exec('PRAGMA busy_timeout = 0');
    try {
      return this.foldBatch(account);
    } catch (error) {
      if (last || ((error as { errcode?: number }).errcode ?? 0) % 256 !== BUSY) throw error;
      return undefined;
    } finally {
      this.#db.exec(`PRAGMA busy_timeout = ${this.#busyTimeoutMs}`);
    }
  }

  /** Does so for every account. */
  async catchUpAll(): Promise<void> {
    for (let account = this.nextAccount(''); account !== undefined; account = this.nextAccount(account)) {
      await this.catchUp(account);
      await setImmediate();
    }
  }

  /** The account behind another one, of those that have settled anything. */
  nextAccount(after: string): string | undefined {
    const row = this.#sql.account.get(after);
    return row && text(row, 'account');
  }

  /** Folds one batch. @returns how many generations it found; fewer than {@link FOLD_BATCH} when they were the last */
  foldBatch(account: string): number {
    const marked = this.#sql.folded.get(account);
    const from = marked ? number(marked, 'seq') : 0;
    const rows = this.#sql.batch.all(account, from, FOLD_BATCH);
    const last = rows.at(-1);
    if (last) transaction(this.#db, 'IMMEDIATE', () => this.#write(account, from, rows, number(last, 'seq')));
    return rows.length;
  }

  #write(account: string, from: number, rows: readonly Row[], to: number): void {
    if (from === 0) this.#sql.begin.run(account);
    // Another process was faster.
    if (Number(this.#sql.advance.run(to, account, from).changes) !== 1) return;
    // What a dead process left counts when its settlement comes, if it does.
    const sums = sumRollups(rows.filter(isFinal));
    for (const { day, key, model, provider, sums: added, lastSeq } of sums) {
      this.#sql.rollup.run(account, day, key, model, provider, ...added, lastSeq);
    }
    for (const [day, added] of sumDays(sums)) this.#sql.total.run(day, ...added);
    const lister = new Lister(this.#sql);
    for (const row of rows) {
      lister.add({
        account,
        id: text(row, 'id'),
        key: text(row, 'key'),
        model: text(row, 'model'),
        provider: text(row, 'provider'),
        status: text(row, 'status'),
        final: isFinal(row),
      });
    }
  }
}

function isFinal(row: Row): boolean {
  return row['final'] === 1n;
}
