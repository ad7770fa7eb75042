import { setTimeout as sleep } from 'node:timers/promises';
import type { Candidate } from '../candidates/candidate.ts';
import type { Lab, Load, Running, RunningLoad } from '../harness/lab.ts';
import { cpuMs, residentKb } from '../harness/proc.ts';
import { inRounds } from '../harness/rounds.ts';
import { HELD_STREAM_MODEL, SHORT_STREAM_MODEL } from '../upstream/models.ts';
import type { Scenario } from './scenario.ts';
import { atMost, cell, failureNotes } from './verdict.ts';

const STREAMS = 1000;
const RAMP_MS = 3000;
/** Within the life of every stream, ramp included. */
const WINDOW_MS = 3000;
const SETTLE_MS = 500;
const POLL_MS = 100;
const ALL_OPEN_MS = 9_000;

const warmUp: Load = {
  model: SHORT_STREAM_MODEL,
  stream: true,
  body: 'text',
  connections: 20,
  requests: 200,
  durationMs: 10_000,
};
const held: Load = {
  model: HELD_STREAM_MODEL,
  stream: true,
  body: 'text',
  connections: STREAMS,
  requests: STREAMS,
  rampMs: RAMP_MS,
  durationMs: 20_000,
};

/** 1,000 streams at once, in a process that is new each time: memory that was used before would hide what they need. */
interface Held {
  readonly cpuUsPerChunk: number;
  readonly totalMb: number;
  readonly kbPerStream: number;
  readonly errors: number;
}

/** What it costs to keep streams open, and to pass each chunk on. */
export const heldStreams: Scenario = {
  name: 'streams',
  title: '1,000 streams held at once, one chunk each 100 ms',
  async run(lab, field, effort) {
    const { pipe, expressProxy, portkey, onerouter } = field;
    const samples = await inRounds(
      effort.rounds,
      [pipe, expressProxy, portkey, onerouter],
      (one) => hold(lab, one),
      (one) =>
        `${one.cpuUsPerChunk.toFixed(1)} µs a chunk, ${one.totalMb.toFixed(0)} MB, ` +
        `${one.kbPerStream.toFixed(0)} KB a stream, ${one.errors} errors`,
    );
    const values = (figure: (sample: Held) => number): readonly number[] =>
      samples.figures(onerouter, figure);
    return {
      columns: [
        {
          title: 'CPU per stream chunk',
          cell: (one) => cell(samples.compare(one, pipe, cpuRatio), 2, ' × (c)'),
        },
        { title: 'Memory per held stream', cell: (one) => cell(samples.figures(one, kbPerStream), 0, ' KB') },
        { title: 'Memory with 1,000 streams', cell: (one) => cell(samples.figures(one, totalMb), 0, ' MB') },
      ],
      targets: [
        atMost({
          what: 'CPU per held stream chunk, to (c)',
          most: 1.2,
          values: samples.compare(onerouter, pipe, cpuRatio),
          unit: ' ×',
        }),
        atMost({
          what: 'Memory per held stream',
          most: 150,
          values: values(kbPerStream),
          unit: ' KB',
          digits: 0,
        }),
        atMost({
          what: 'Memory with 1,000 streams',
          most: 350,
          values: values(totalMb),
          unit: ' MB',
          digits: 0,
        }),
        atMost({
          what: 'Errors in 1,000 streams',
          most: 0,
          values: values(({ errors }) => errors),
          digits: 0,
        }),
      ],
      notes: failureNotes(heldStreams.name, samples),
    };
  },
};

async function hold(lab: Lab, candidate: Candidate): Promise<Held> {
  const running = await lab.start(candidate);
  try {
    await lab.load(running, warmUp).result;
    await sleep(SETTLE_MS);
    return await measureHeld(lab, running);
  } finally {
    await running.stop();
  }
}

async function measureHeld(lab: Lab, running: Running): Promise<Held> {
  const pid = running.pid ?? 0;
  const kbBefore = residentKb(pid);
  const load = lab.load(running, held);
  await allOpen(load);
  await sleep(SETTLE_MS);
  const before = { cpu: cpuMs(pid), ...(await load.progress()) };
  let mostKb = 0;
  for (const until = performance.now() + WINDOW_MS; performance.now() < until; await sleep(POLL_MS)) {
    mostKb = Math.max(mostKb, residentKb(pid));
  }
  const after = { cpu: cpuMs(pid), ...(await load.progress()) };
  const { errors, requests } = await load.result;
  return {
    cpuUsPerChunk: ((after.cpu - before.cpu) * 1000) / (after.events - before.events),
    totalMb: mostKb / 1024,
    kbPerStream: (mostKb - kbBefore) / STREAMS,
    errors: errors + STREAMS - requests,
  };
}

/** @throws {Error} when streams do not begin */
async function allOpen(load: RunningLoad): Promise<void> {
  const until = performance.now() + ALL_OPEN_MS;
  let answering = 0;
  while (answering < STREAMS) {
    if (performance.now() > until) throw new Error(`Only ${answering} of ${STREAMS} streams have begun.`);
    await sleep(POLL_MS);
    ({ answering } = await load.progress());
  }
}

function kbPerStream(sample: Held): number {
  return sample.kbPerStream;
}

function totalMb(sample: Held): number {
  return sample.totalMb;
}

function cpuRatio(mine: Held, theirs: Held): number {
  return mine.cpuUsPerChunk / theirs.cpuUsPerChunk;
}
