import { connectMongo } from '@onerouter/store-mongoose';
import type { Candidate } from '../candidates/candidate.ts';
import { onerouterOn } from '../candidates/index.ts';
import { Lab } from '../harness/lab.ts';
import { measure, type Measured } from '../harness/measure.ts';
import { inRounds, type Samples } from '../harness/rounds.ts';
import { fullSpeed, steady, warmUp } from '../scenarios/loads.ts';
import { RunningField } from '../scenarios/running-field.ts';
import { cell, failureNotes } from '../scenarios/verdict.ts';

const ROUNDS = 5;
const WARM_UP_REQUESTS = 15_000;

/** A chain on one store, at a rate that nobody is busy with and as fast as it goes. */
interface Sample {
  readonly steady: Measured;
  readonly full: Measured;
}

/**
 * The whole chain on each store in turn, in one run: what it adds to a request, and how much it answers.
 *
 * @param mongoUri undefined to leave MongoDB out
 * @returns Markdown
 */
export async function compareChains(roundMs: number, mongoUri: string | undefined): Promise<string> {
  const direct: Candidate = { name: 'direct' };
  const memory = onerouterOn('memory');
  const stores = [memory, onerouterOn('sqlite'), ...(mongoUri ? [onerouterOn('mongodb')] : [])];
  const dropDatabase = nameDatabase(mongoUri);
  const lab = await Lab.open();
  const running = new RunningField(lab, [warmUp(WARM_UP_REQUESTS), steady(roundMs)]);
  try {
    const samples = await inRounds(
      ROUNDS,
      [direct, ...stores],
      async (one): Promise<Sample> => {
        const there = await running.get(one);
        return {
          steady: await measure(lab, there, steady(roundMs)),
          full: await measure(lab, there, fullSpeed(roundMs)),
        };
      },
      ({ steady: { p50Ms = 0, p99Ms = 0 }, full }) =>
        `p50 ${p50Ms.toFixed(2)} ms, p99 ${p99Ms.toFixed(2)} ms, ${rate(full).toFixed(0)} requests/s`,
    );
    await running.stop();
    return table(samples, stores, direct, memory);
  } finally {
    await lab.close();
    await dropDatabase();
  }
}

/** A database of its own for the candidate, which inherits its name. */
function nameDatabase(uri: string | undefined): () => Promise<void> {
  if (!uri) return async () => {};
  const dbName = `onerouter_bench_${process.pid}_${Date.now()}`;
  Object.assign(process.env, { BENCH_MONGODB_URI: uri, BENCH_MONGODB_NAME: dbName });
  return async () => {
    const link = connectMongo(uri, { connect: { dbName } });
    await link.up;
    await link.connection.dropDatabase();
    await link.close();
  };
}

function table(
  samples: Samples<Sample>,
  stores: readonly Candidate[],
  direct: Candidate,
  memory: Candidate,
): string {
  const later = (of: 'p50Ms' | 'p99Ms') => (mine: Sample, theirs: Sample) =>
    (mine.steady[of] ?? 0) - (theirs.steady[of] ?? 0);
  const rows = stores.map((store) => [
    store.name,
    cell(samples.compare(store, direct, later('p50Ms')), 2),
    cell(samples.compare(store, direct, later('p99Ms')), 2),
    cell(
      samples.figures(store, ({ full }) => rate(full)),
      0,
    ),
    cell(
      samples.compare(store, memory, (mine, theirs) => (100 * rate(mine.full)) / rate(theirs.full)),
      0,
      ' %',
    ),
    cell(
      samples.figures(store, ({ full }) => full.cpuUsPerRequest ?? 0),
      0,
    ),
  ]);
  const head = [
    'the whole chain on',
    'added p50 ms',
    'added p99 ms',
    'requests/s',
    'of memory',
    'CPU µs/request',
  ];
  const ruler = head.map((_, at) => (at === 0 ? '---' : '---:'));
  return [
    [head, ruler, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n'),
    ...failureNotes('chain', samples),
  ].join('\n\n');
}

function rate({ requests, elapsedMs }: Measured): number {
  return (requests * 1000) / elapsedMs;
}
