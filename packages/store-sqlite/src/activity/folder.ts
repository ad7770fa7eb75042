import type { DatabaseSync } from 'node:sqlite';
import { number, text, type Row } from '../book-rows.ts';
import { transaction } from '../database.ts';
import { sumDays, sumRollups } from './day-sums.ts';
import { foldStatements, type FoldStatements } from './fold-statements.ts';
import { Lister } from './lister.ts';

/** Generations that one transaction folds: it holds the write lock for a millisecond or two. */
export const FOLD_BATCH = 250;

/**
 * Folds generations that the ledger has settled into rollups and lists. A batch is read without a lock, and written in a
 * transaction that first moves the account's mark from where the batch began: so each generation counts once, however
 * many processes fold at once and wherever one of them dies.
 */
export class Folder {
  readonly #db: DatabaseSync;
  readonly #sql: FoldStatements;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#sql = foldStatements(db);
  }

  /** Folds until nothing is left that was settled before the call, with other work in between. */
  async catchUp(account: string): Promise<void> {
    while (this.foldBatch(account) === FOLD_BATCH) await new Promise(setImmediate);
  }

  /** Does so for every account. */
  async catchUpAll(): Promise<void> {
    for (let account = this.nextAccount(''); account !== undefined; account = this.nextAccount(account)) {
      await this.catchUp(account);
      await new Promise(setImmediate);
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
