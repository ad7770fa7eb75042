import { measure, type Measured } from '../harness/measure.ts';
import { inRounds } from '../harness/rounds.ts';
import { fullSpeed, warmUp } from './loads.ts';
import { RunningField } from './running-field.ts';
import type { Scenario } from './scenario.ts';
import { atMost, cell, failureNotes } from './verdict.ts';

/** What a small request costs: 1 KB in, 1 KB out, as fast as it goes. */
export const wholeAnswers: Scenario = {
  name: 'whole',
  title: '1 KB requests without a stream, as fast as they are answered',
  async run(lab, field, effort) {
    const { direct, pipe, expressProxy, portkey, onerouter } = field;
    const running = new RunningField(lab, [warmUp(effort.warmUpRequests)]);
    const samples = await inRounds(
      effort.rounds,
      [direct, pipe, expressProxy, portkey, onerouter],
      async (one) => measure(lab, await running.get(one), fullSpeed(effort.roundMs)),
      (sample) => `${cpu(sample).toFixed(0)} µs a request, ${rate(sample).toFixed(0)} requests/s`,
    );
    await running.stop();
    return {
      columns: [
        {
          title: 'CPU per 1 KB request',
          cell: (one) => (one === direct ? '–' : cell(samples.compare(one, pipe, cpuRatio), 2, ' × (c)')),
        },
        { title: 'Requests/s on one core', cell: (one) => cell(samples.figures(one, rate), 0) },
      ],
      targets: [
        atMost({
          what: 'CPU per 1 KB request, to (c)',
          most: 2,
          values: samples.compare(onerouter, pipe, cpuRatio),
          unit: ' ×',
        }),
        atMost({
          what: "CPU per 1 KB request, to Portkey's",
          most: 0.33,
          values: samples.compare(onerouter, portkey, cpuRatio),
          unit: ' ×',
        }),
      ],
      notes: failureNotes(wholeAnswers.name, samples),
    };
  },
};

function cpu({ cpuUsPerRequest = 0 }: Measured): number {
  return cpuUsPerRequest;
}

function cpuRatio(mine: Measured, theirs: Measured): number {
  return cpu(mine) / cpu(theirs);
}

function rate({ requests, elapsedMs }: Measured): number {
  return (requests * 1000) / elapsedMs;
}
