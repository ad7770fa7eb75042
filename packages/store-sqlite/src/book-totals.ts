import type { DatabaseSync } from 'node:sqlite';
import type { BookTotals } from '@onerouter/billing';
import { text, whole } from './book-rows.ts';

/** Accounts that are added up at once: some milliseconds, so that no request waits for longer. */
const ACCOUNTS_AT_ONCE = 2_000;

const PAGE = `
  SELECT max(account) AS last, count(*) AS found,
    coalesce(sum(balance), 0) AS balance, coalesce(sum(reserved), 0) AS reserved, coalesce(sum(spent), 0) AS spent
  FROM (SELECT account, balance, reserved, spent FROM books
    WHERE part = '' AND account > ? ORDER BY account LIMIT ${ACCOUNTS_AT_ONCE})`;

/**
 * What all accounts have. Summed when asked for, in pieces with room for others in between: an index over balances would
 * make every reservation write another page.
 */
export async function bookTotals(db: DatabaseSync): Promise<BookTotals> {
  const page = db.prepare(PAGE);
  page.setReadBigInts(true);
  let totals: BookTotals = { balance: 0n, reserved: 0n, spent: 0n };
  for (let last = ''; ;) {
    const row = page.get(last);
    if (!row || row['found'] === 0n) return totals;
    totals = {
      balance: totals.balance + whole(row, 'balance'),
      reserved: totals.reserved + whole(row, 'reserved'),
      spent: totals.spent + whole(row, 'spent'),
    };
    if (whole(row, 'found') < ACCOUNTS_AT_ONCE) return totals;
    last = text(row, 'last');
    await new Promise(setImmediate);
  }
}
