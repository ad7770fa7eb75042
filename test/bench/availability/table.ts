import type { Candidate } from '../candidates/candidate.ts';
import type { Column, Report, Target } from '../harness/report.ts';
import { percentile, type Tally } from './run.ts';

/** Of 100 requests to OneRouter, as many are to be answered whole. */
export const TARGET_PERCENT = 99.9;

/** Writes what came of each contender, and judges the last. */
export function report(
  tallies: ReadonlyMap<Candidate, Tally>,
  failures: ReadonlyMap<Candidate, string>,
): Report {
  const column = (title: string, write: (tally: Tally) => string): Column => ({
    title,
    cell: (candidate) => {
      const tally = tallies.get(candidate);
      return tally ? write(tally) : '–';
    },
  });
  return {
    columns: [
      column('requests', ({ requests }) => String(requests)),
      column('answered whole', (tally) => `${percent(tally, tally.outcomes.whole).toFixed(2)} %`),
      column('honest errors', (tally) => `${percent(tally, tally.outcomes.error).toFixed(2)} %`),
      column('half answers shown as whole', ({ outcomes }) => String(outcomes['half shown as whole'])),
      column('calls to providers per request', ({ calls, requests }) => (calls / requests).toFixed(2)),
      column('p50 ms', (tally) => ms(tally, 0.5)),
      column('p99 ms', (tally) => ms(tally, 0.99)),
    ],
    targets: targets([...tallies].findLast(([{ name }]) => name.startsWith('OneRouter'))?.[1]),
    notes: [...failures].map(([{ name }, reason]) => `${name} failed. ${reason}`),
  };
}

function targets(ours: Tally | undefined): readonly Target[] {
  const whole = ours && percent(ours, ours.outcomes.whole);
  const half = ours?.outcomes['half shown as whole'];
  return [
    {
      what: 'requests answered whole',
      limit: `≥ ${TARGET_PERCENT} %`,
      measured: whole === undefined ? '–' : `${whole.toFixed(2)} %`,
      met: whole === undefined ? undefined : whole >= TARGET_PERCENT,
    },
    {
      what: 'half answers shown as whole',
      limit: '0',
      measured: String(half ?? '–'),
      met: half === undefined ? undefined : half === 0,
    },
  ];
}

function ms({ wholeMs }: Tally, share: number): string {
  return percentile(wholeMs, share)?.toFixed(0) ?? '–';
}

function percent({ requests }: Tally, count: number): number {
  return (count * 100) / requests;
}
