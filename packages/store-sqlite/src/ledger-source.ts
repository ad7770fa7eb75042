import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { AuditedAccount, LedgerSource, SettledGeneration } from '@onerouter/billing';
import type { Usage } from '@onerouter/core';
import { readRollups, ROLLUPS_SEEN, type RollupsSeen } from './activity/audit-rollups.ts';
import { number, readEntry, readKeyUse, readLots, readOpen, text, whole, type Row } from './book-rows.ts';
import { assertNewest } from './schema.ts';

/** A ledger to verify, on a connection of its own. */
export interface SqliteLedgerSource extends LedgerSource {
  close(): void;
}

const ACCOUNTS = `
  SELECT account FROM books WHERE part = ''
  UNION SELECT account FROM books WHERE owner IS NOT NULL
  UNION SELECT account FROM entries
  UNION SELECT account FROM generations WHERE charge <> 0
  ORDER BY account`;
const BOOK = `SELECT seq, balance, reserved, spent, lots FROM books WHERE account = ? AND part = ''`;
const OPEN = `SELECT substr(part, 6) AS id, key, amount, owner FROM books
  WHERE account = ? AND part >= 'open:' AND part < 'open;'`;
const KEY_USE = `SELECT * FROM books WHERE account = ? AND part >= 'key:' AND part < 'key;'`;
const ENTRIES = 'SELECT id, account, seq, kind, amount, at, note FROM entries WHERE account = ? ORDER BY seq';
const GENERATIONS = `SELECT id, key, model, provider, seq, settled_at, created_at, cost, charge, final,
    data -> '$.usage' AS usage
  FROM generations WHERE account = ? AND seq IS NOT NULL`;

/**
 * Opens a database to verify its ledger, read-only, beside processes that use it or none. Each account is read in one
 * transaction, so what is written meanwhile is not seen.
 *
 * @param path of the database file
 * @throws {Error} when there is no such file, it is no database, or has another schema than this release's
 */
export function openSqliteLedgerSource(path: string): SqliteLedgerSource {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  try {
    assertNewest(db);
    return new ReadingSource(db);
  } catch (error) {
    db.close();
    throw error;
  }
}

class ReadingSource implements SqliteLedgerSource {
  readonly #db: DatabaseSync;
  readonly #statements: Readonly<
    Record<'book' | 'open' | 'keyUse' | 'entries' | 'generations' | keyof typeof ROLLUPS_SEEN, StatementSync>
  >;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#statements = {
      book: reading(db, BOOK),
      open: reading(db, OPEN),
      keyUse: reading(db, KEY_USE),
      entries: reading(db, ENTRIES),
      generations: reading(db, GENERATIONS),
      rollups: reading(db, ROLLUPS_SEEN.rollups),
      folded: reading(db, ROLLUPS_SEEN.folded),
    };
  }

  async *accounts(): AsyncGenerator<string> {
    // Listed at once: rows that were still being read would hold an old view open for the whole verification.
    yield* reading(this.#db, ACCOUNTS)
      .all()
      .map((row) => text(row, 'account'));
  }

  async audit<T>(account: string, look: (audited: AuditedAccount) => Promise<T>): Promise<T> {
    this.#db.exec('BEGIN');
    try {
      return await look(this.#read(account));
    } finally {
      this.#db.exec('COMMIT');
    }
  }

  close(): void {
    this.#db.close();
  }

  #read(account: string): AuditedAccount {
    const { book, open, keyUse, entries, generations, rollups, folded } = this.#statements;
    const row = book.get(account);
    const seen: RollupsSeen = readRollups(rollups.all(account), folded.get(account));
    return {
      book: {
        account,
        seq: row ? number(row, 'seq') : 0,
        balance: row ? whole(row, 'balance') : 0n,
        reserved: row ? whole(row, 'reserved') : 0n,
        spent: row ? whole(row, 'spent') : 0n,
        lots: row ? readLots(text(row, 'lots')) : [],
        open: open.all(account).map(readOpen),
        keyUse: keyUse.all(account).map(readKeyUse),
      },
      entries: each(entries, account, readEntry),
      generations: each(generations, account, readSettled),
      ...seen,
    };
  }
}

function reading(db: DatabaseSync, sql: string): StatementSync {
  const statement = db.prepare(sql);
  statement.setReadBigInts(true);
  return statement;
}

async function* each<T>(statement: StatementSync, account: string, read: (row: Row) => T): AsyncGenerator<T> {
  for (const row of statement.iterate(account)) yield read(row);
}

function readSettled(row: Row): SettledGeneration {
  const { usage } = row;
  return {
    id: text(row, 'id'),
    keyId: text(row, 'key'),
    model: text(row, 'model'),
    provider: text(row, 'provider'),
    seq: number(row, 'seq'),
    settledAt: number(row, 'settled_at'),
    createdAt: number(row, 'created_at'),
    cost: whole(row, 'cost'),
    charge: whole(row, 'charge'),
    final: whole(row, 'final') === 1n,
    usage: typeof usage === 'string' ? (JSON.parse(usage) as Usage) : null,
  };
}
