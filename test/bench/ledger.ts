import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { BOOKS, MONGODB_URI } from './ledger/books.ts';
import { compareChains } from './ledger/chains.ts';
import { measure, type Load } from './ledger/measure.ts';
import { table, type Measured } from './ledger/table.ts';

const LOADS: readonly Load[] = [1, 1_000].flatMap((accounts) => [
  ...[1, 5, 20, 200].map((waiting) => ({ accounts, waiting, coalesced: true })),
  { accounts, waiting: 20, coalesced: false },
]);

const HELP = `Measures how many reservations with their settlements the ledger books a second. Prints Markdown.

  pnpm bench:ledger          everything, about a minute a store; MongoDB where MONGODB_URI names a server
  --only NAME                one store: ${BOOKS.map(({ name }) => name).join(', ')}; may be repeated
  --seconds N                how long each load lasts (default 1.5)
  --chain                    instead, the whole chain on memory, SQLite and MongoDB in turn: what it adds to a
                             request, and how much it answers; about three minutes
  --help                     this`;

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    seconds: { type: 'string', default: '1.5' },
    chain: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(HELP);
else if (values.chain) console.log(await compareChains(Number(values.seconds) * 1_000, MONGODB_URI));
else await main(Number(values.seconds) * 1_000);

async function main(forMs: number): Promise<void> {
  const measured: Measured[] = [];
  for (const books of BOOKS) {
    const { name } = books;
    if (!(values.only?.includes(name) ?? true)) continue;
    for (const load of LOADS) {
      console.error(`${name}: ${load.accounts} accounts, ${load.waiting} waiting`);
      measured.push({ store: name, load, figures: await measure(books, load, forMs) });
    }
  }
  const cores = cpus();
  console.log(table(measured));
  console.log(
    `\nNode ${process.versions.node}, ${cores.length} cores (${cores[0]?.model ?? 'unknown'}), ` +
      `${forMs / 1_000} s each after a warm-up; afterwards every ledger was verified.`,
  );
}
