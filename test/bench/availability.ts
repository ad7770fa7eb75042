import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { CONTENDERS } from './availability/contenders.ts';
import { FIRST_TOKEN_MS, type Contender } from './availability/contender.ts';
import { Providers } from './availability/providers.ts';
import { report } from './availability/table.ts';
import { run, type Load, type Tally } from './availability/run.ts';
import { Processes } from './harness/processes.ts';
import { markdown } from './harness/report.ts';

/** For one contender. */
const RUN_MS = 35_000;
/** For everything but the installation of Portkey's gateway; a benchmark that hangs is no benchmark. */
const MOST_MS = 3 * 60_000;
const CONCURRENCY = 20;

const HELP = `Sends the same requests to five providers, none of which can be relied on, in four ways. Prints Markdown.

  pnpm bench:availability    about a minute and a half
  --requests N               for each contender (default 2000)
  --only TEXT                contenders whose name has this in it
  --rounds N                 OneRouter goes through the providers so often (default as its own)
  --seed N                   of all that is random (default 1)
  --show-misses              what came instead of whole answers, on standard error
  --help                     this`;

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '2000' },
    rounds: { type: 'string' },
    only: { type: 'string', default: '' },
    seed: { type: 'string', default: '1' },
    'show-misses': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(HELP);
else await main(Number(values.requests), Number(values.seed));

async function main(requests: number, seed: number): Promise<void> {
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  if (!(requests > 0 && Number.isInteger(seed) && Number.isInteger(rounds ?? 1))) throw new TypeError(HELP);
  const processes = new Processes();
  const providers = await Providers.open(seed);
  const contenders = CONTENDERS.filter(({ name }) => name.toLowerCase().includes(values.only.toLowerCase()));
  const tallies = new Map<Contender, Tally>();
  const failures = new Map<Contender, string>();
  const attempt = (contender: Contender, what: () => Promise<unknown>): Promise<unknown> =>
    what().catch((err: unknown) => failures.set(contender, (err as Error).message));
  for (const contender of contenders) await attempt(contender, async () => contender.prepare?.());
  setTimeout(giveUp, MOST_MS).unref();
  try {
    for (const contender of contenders.filter((one) => !failures.has(one))) {
      console.error(contender.name);
      await attempt(contender, async () => tallies.set(contender, await compare(contender)));
    }
  } finally {
    processes.killAll();
    providers.close();
  }
  const [cpu] = cpus();
  console.log(
    `${markdown(contenders, [report(tallies, failures)])}\n\n` +
      `${requests} requests each, half of them streams, ${CONCURRENCY} at a time; seed ${seed}; ` +
      `${FIRST_TOKEN_MS} ms for a provider to begin; ` +
      `OneRouter with ${rounds === undefined ? 'its default settings' : `rounds: ${rounds}`}; ` +
      `Node ${process.versions.node}, ${cpus().length} cores (${cpu?.model ?? 'unknown'}).`,
  );

  async function compare(contender: Contender): Promise<Tally> {
    const ready = await contender.open({ seed, urls: providers.urls, processes, rounds });
    try {
      const load = { requests, concurrency: CONCURRENCY, mostMs: RUN_MS, ...showMisses() };
      return await run(ready, providers, load);
    } finally {
      await ready.close();
    }
  }
}

function giveUp(): never {
  console.error(`Gave up after ${MOST_MS / 60_000} minutes.`);
  process.exit(1);
}

function showMisses(): Pick<Load, 'onMiss'> {
  if (!values['show-misses']) return {};
  return { onMiss: (number, outcome, detail) => console.error(`  ${number} ${outcome}: ${detail}`) };
}
