import { number, text, whole, type Row } from '../book-rows.ts';

/** Sums in the order of their columns: requests, prompt, completion and reasoning tokens, cost. */
export type Sums = readonly [bigint, bigint, bigint, bigint, bigint];

/** What generations of one batch add to one rollup. */
export interface RollupSum {
  readonly day: string;
  readonly key: string;
  readonly model: string;
  readonly provider: string;
  readonly sums: Sums;
  readonly lastSeq: number;
}

/** Adds generations up to what their rollups have to grow by. Rows are in order of `seq`. */
export function sumRollups(rows: readonly Row[]): readonly RollupSum[] {
  const found = new Map<string, RollupSum>();
  for (const row of rows) {
    const [key, model, provider] = [text(row, 'key'), text(row, 'model'), text(row, 'provider')];
    const day = new Date(number(row, 'created_at')).toISOString().slice(0, 10);
    const name = JSON.stringify([day, key, model, provider]);
    const sums = plus(found.get(name)?.sums, sumsOf(row));
    found.set(name, { day, key, model, provider, sums, lastSeq: number(row, 'seq') });
  }
  return [...found.values()];
}

/** The same by day alone. */
export function sumDays(rollups: readonly RollupSum[]): ReadonlyMap<string, Sums> {
  const days = new Map<string, Sums>();
  for (const { day, sums } of rollups) days.set(day, plus(days.get(day), sums));
  return days;
}

function sumsOf(row: Row): Sums {
  const tokens = ['prompt_tokens', 'completion_tokens', 'reasoning_tokens'] as const;
  const [prompt, completion, reasoning] = tokens.map((column) => whole(row, column)) as [
    bigint,
    bigint,
    bigint,
  ];
  return [1n, prompt, completion, reasoning, whole(row, 'cost')];
}

function plus(one: Sums = [0n, 0n, 0n, 0n, 0n], other: Sums): Sums {
  return [one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3], one[4] + other[4]];
}
