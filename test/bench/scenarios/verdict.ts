import { median, withRange } from '../harness/figures.ts';
import type { Target } from '../harness/report.ts';
import type { Samples } from '../harness/rounds.ts';

/** A figure that is to stay below a limit. */
export interface Limit {
  readonly what: string;
  readonly most: number;
  /** One value a round; their median is judged. */
  readonly values: readonly number[];
  /** Written behind the figures, with its space or sign. @default none */
  readonly unit?: string;
  /** @default 2 */
  readonly digits?: number;
}

/** Judges by the median. */
export function atMost({ what, most, values, unit = '', digits = 2 }: Limit): Target {
  const middle = median(values);
  return {
    what,
    limit: `≤ ${most}${unit}`,
    measured: middle === undefined ? '–' : `${withRange(values, digits)}${unit}`,
    met: middle === undefined ? undefined : middle <= most,
  };
}

/** A cell with the median, or a dash. */
export function cell(values: readonly number[], digits: number, unit = ''): string {
  const middle = median(values);
  return middle === undefined ? '–' : `${middle.toFixed(digits)}${unit}`;
}

/** Why candidates are missing. */
export function failureNotes(scenario: string, samples: Samples<unknown>): readonly string[] {
  return [...samples.failures].map(([{ name }, reason]) => `${scenario}: ${name} failed. ${reason}`);
}
