import { expect, it } from 'vitest';
import { bookTotals } from './book-totals.ts';
import { openDatabase, transaction } from './database.ts';

it('sums up more accounts than fit a piece, each once', async () => {
  const db = openDatabase(':memory:');
  const book = db.prepare(`INSERT INTO books (account, part, seq, balance, reserved, spent, lots)
    VALUES (?, '', 1, ?, 2, 3, '[]')`);
  const key = db.prepare(`INSERT INTO books (account, part, key, total) VALUES (?, 'key:k', 'k', 9)`);
  const accounts = Array.from({ length: 4_000 }, (_, n) => `acc-${n}`);
  transaction(db, 'IMMEDIATE', () => {
    for (const [n, account] of accounts.entries()) {
      book.run(account, n % 2 === 0 ? 10n : -4n);
      key.run(account);
    }
  });
  expect(await bookTotals(db)).toEqual({ balance: 12_000n, reserved: 8_000n, spent: 12_000n });
  db.close();
});
