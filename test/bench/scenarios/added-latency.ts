import type { Load } from '../harness/lab.ts';
import { measure, type Measured } from '../harness/measure.ts';
import { inRounds } from '../harness/rounds.ts';
import { images, steady, warmUp } from './loads.ts';
import { RunningField } from './running-field.ts';
import type { Scenario } from './scenario.ts';
import { atMost, cell, failureNotes } from './verdict.ts';

/** How much later half of the answers are whole, at a rate that no candidate is busy with. */
export const steadyRate: Scenario = latency({
  name: 'rate',
  title: '1 KB requests, 200 a second',
  column: 'Added p50 at 200 requests/s',
  target: 'Added p50 at 200 requests/s, over that of (c)',
  mostMs: 1,
  load: steady,
});

/** What a large body costs the one who sends it. */
export const imageBodies: Scenario = latency({
  name: 'image',
  title: 'Requests with a 1 MB image, 20 a second',
  column: 'Added p50 with a 1 MB image',
  target: 'Added p50 with a 1 MB image, over that of (c)',
  mostMs: 3,
  load: images,
});

interface LatencyScenario {
  readonly name: string;
  readonly title: string;
  readonly column: string;
  readonly target: string;
  readonly mostMs: number;
  readonly load: (durationMs: number) => Load;
}

function latency({ name, title, column, target, mostMs, load }: LatencyScenario): Scenario {
  return {
    name,
    title,
    async run(lab, field, effort) {
      const { direct, pipe, expressProxy, portkey, onerouter } = field;
      // At 20 requests a second alone nothing would be compiled before the benchmark is over.
      const running = new RunningField(lab, [warmUp(effort.warmUpRequests), load(effort.roundMs)]);
      const samples = await inRounds(
        effort.rounds,
        [direct, pipe, expressProxy, portkey, onerouter],
        async (one) => measure(lab, await running.get(one), load(effort.roundMs)),
        (sample) => `p50 ${p50(sample).toFixed(2)} ms`,
      );
      await running.stop();
      return {
        columns: [{ title: column, cell: (one) => cell(samples.compare(one, direct, later), 2, ' ms') }],
        targets: [
          atMost({
            what: target,
            most: mostMs,
            values: samples.compare(onerouter, pipe, later),
            unit: ' ms',
          }),
        ],
        notes: failureNotes(name, samples),
      };
    },
  };
}

function later(mine: Measured, theirs: Measured): number {
  return p50(mine) - p50(theirs);
}

function p50({ p50Ms = 0 }: Measured): number {
  return p50Ms;
}
