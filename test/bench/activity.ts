import { parseArgs } from 'node:util';
import { askAll } from './activity/ask.ts';
import { ACCOUNT } from './activity/people.ts';
import { seed } from './activity/seed.ts';
import { openers, type Opener } from './activity/stores.ts';
import { table } from './activity/table.ts';

const HELP = `Fills a store with generations of one account and measures what its pages ask. Prints Markdown.

  pnpm bench:activity        SQLite, and MongoDB where MONGODB_URI names a server
  --only NAME                one store: sqlite or mongodb
  --count N                  generations (default 1000000)
  --times N                  how often each question is asked (default 21)
  --help                     this`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    count: { type: 'string', default: '1000000' },
    times: { type: 'string', default: '21' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(HELP);
else {
  for (const opener of openers()) {
    if ((values.only ?? opener.name) === opener.name) {
      await measure(opener, Number(values.count), Number(values.times));
    }
  }
}

async function measure(opener: Opener, count: number, times: number): Promise<void> {
  const endAt = Date.now();
  const none = await opener.open();
  const empty = await askAll(none, endAt, times);
  await none.close();
  const store = await opener.open();
  const seeded = await seconds(() => seed(store.books, count, endAt));
  const days = { from: '2000-01-01', to: '2100-01-01' };
  const folded = await seconds(() => store.rollups.daily(ACCOUNT, days));
  const full = await askAll(store, endAt, times);
  await store.close();
  console.log(`\n### ${opener.name}: ${count} generations of one account, ${times} times each\n`);
  console.log(table(full, empty));
  console.log(`\nSeeded in ${seeded} s; the first question after that, for all days, took ${folded} s.`);
}

async function seconds(work: () => Promise<unknown>): Promise<string> {
  const startedAt = performance.now();
  await work();
  return ((performance.now() - startedAt) / 1_000).toFixed(1);
}
