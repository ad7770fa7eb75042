import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { askAll } from '../bench/activity/ask.ts';
import { ACCOUNT, RARE_KEY } from '../bench/activity/people.ts';
import { seed } from '../bench/activity/seed.ts';
import { openers } from '../bench/activity/stores.ts';
import { table } from '../bench/activity/table.ts';

const GENERATIONS = Number(process.env['SOAK_GENERATIONS'] ?? 1_000_000);
const TIMES = 5;

const LISTS = [
  'SELECT * FROM generations WHERE account = ? AND id < ? ORDER BY id DESC LIMIT 50',
  'SELECT id FROM listings WHERE series = ? AND id < ? ORDER BY id DESC LIMIT 50',
  'SELECT * FROM generations WHERE account = ? AND seq > ? ORDER BY seq LIMIT 50',
];

// A server that only resembles MongoDB may sort what MongoDB reads in order, so it gets fewer; see the figures.
describe.each(openers().map((one) => [one.name, one] as const))(
  '%s with a million generations',
  (name, opener) => {
    const count = name === 'sqlite' ? GENERATIONS : Math.min(GENERATIONS, 200_000);

    it('counts all of them, finds the few among the many, and prints what each question takes', async () => {
      const endAt = Date.now();
      const none = await opener.open();
      const empty = await askAll(none, endAt, TIMES);
      await none.close();
      const store = await opener.open();
      try {
        await seed(store.books, count, endAt);
        const days = { from: '2000-01-01', to: '2100-01-01' };
        const sums = await store.rollups.daily(ACCOUNT, { ...days, by: [] });
        expect(sums.reduce((sum, { requests }) => sum + requests, 0)).toBe(count);
        expect(await store.generations.list({ accountId: ACCOUNT, keyId: RARE_KEY, limit: 99 })).toHaveLength(
          25,
        );
        const newest = await store.generations.after(ACCOUNT, count - 3, 99);
        expect(newest.map(({ position }) => position)).toEqual([count - 2, count - 1, count]);
        const full = await askAll(store, endAt, TIMES);
        process.stdout.write(`${name}, ${count} generations\n${table(full, empty)}\n`);
        if (store.path !== undefined) expectSearches(store.path);
      } finally {
        await store.close();
      }
    });
  },
);

/** The plans of a full database, which SQLite chooses anew when it knows its tables. */
function expectSearches(path: string): void {
  const db = new DatabaseSync(path);
  db.exec('ANALYZE');
  for (const sql of LISTS) {
    const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(null, null);
    expect(plan.map((row) => String(row['detail'])).join()).toMatch(/^SEARCH \w+ USING (PRIMARY KEY|INDEX)/);
  }
  db.close();
}
