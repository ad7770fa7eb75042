import { existsSync, mkdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createField } from './candidates/index.ts';
import { Lab } from './harness/lab.ts';
import { PINNED } from './harness/processes.ts';
import { markdown, type Report } from './harness/report.ts';
import { imageBodies, steadyRate } from './scenarios/added-latency.ts';
import { heldStreams } from './scenarios/held-streams.ts';
import type { Effort, Scenario } from './scenarios/scenario.ts';
import { wholeAnswers } from './scenarios/whole.ts';

const SCENARIOS: readonly Scenario[] = [wholeAnswers, heldStreams, steadyRate, imageBodies];
const USUAL: Effort = { rounds: 3, roundMs: 3000, warmUpRequests: 15_000 };
const QUICK: Effort = { rounds: 1, roundMs: 1000, warmUpRequests: 1000 };
/** For everything; a benchmark that hangs is no benchmark. */
const MOST_MS = 20 * 60_000;

const HELP = `Compares OneRouter's whole chain with other ways to pass a request on. Prints Markdown.

  pnpm bench                 everything, about eight minutes
  --only NAME                one scenario: ${SCENARIOS.map(({ name }) => name).join(', ')}; may be repeated
  --rounds N                 rounds to take the medians of (default ${USUAL.rounds})
  --seconds N                how long a candidate is under load in one round (default ${USUAL.roundMs / 1000})
  --quick                    one short round: shows that it works, not how fast it is
  --profile DIR              have OneRouter's processes write CPU profiles there
  --help                     this`;

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    quick: { type: 'boolean', default: false },
    profile: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(HELP);
else await main();

async function main(): Promise<void> {
  if (!existsSync('/proc/self/stat'))
    throw new Error('CPU and memory are read from /proc: this needs Linux.');
  const wanted = SCENARIOS.filter(({ name }) => values.only?.includes(name) ?? true);
  const unknown = values.only?.filter((name) => !SCENARIOS.some((one) => one.name === name)) ?? [];
  if (unknown.length > 0) throw new TypeError(`No scenario is called ${unknown.join(', ')}.\n\n${HELP}`);
  setTimeout(() => {
    console.error(`Gave up after ${MOST_MS / 60_000} minutes.`);
    process.exit(1);
  }, MOST_MS).unref();

  const effort = readEffort();
  const field = createField(profileDir());
  const lab = await Lab.open();
  const reports: Report[] = [];
  try {
    for (const scenario of wanted) {
      console.error(scenario.title);
      reports.push(await scenario.run(lab, field, effort));
    }
  } finally {
    await lab.close();
  }
  console.log(`${markdown(Object.values(field), reports)}\n\n${circumstances(effort)}`);
}

function readEffort(): Effort {
  const usual = values.quick ? QUICK : USUAL;
  return {
    ...usual,
    rounds: values.rounds === undefined ? usual.rounds : positive('rounds', values.rounds),
    roundMs: values.seconds === undefined ? usual.roundMs : positive('seconds', values.seconds) * 1000,
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new TypeError(`--${name} must be a number above 0, not ${text}.`);
  return value;
}

function profileDir(): string | undefined {
  if (values.profile === undefined) return undefined;
  const dir = resolve(values.profile);
  mkdirSync(dir, { recursive: true });
  return dir;
}

function circumstances({ rounds, roundMs }: Effort): string {
  const cores = cpus();
  return (
    `Node ${process.versions.node}, ${cores.length} cores (${cores[0]?.model ?? 'unknown'}), ` +
    `the gateway ${PINNED ? 'alone on core 0, upstream and load on core 1' : 'not bound to a core of its own'}; ` +
    `medians of ${rounds} interleaved rounds of ${roundMs / 1000} s.`
  );
}
