import type { Candidate } from '../candidates/candidate.ts';

/** One column of the table of candidates. */
export interface Column {
  readonly title: string;
  readonly cell: (candidate: Candidate) => string;
}

/** Something OneRouter is to reach. */
export interface Target {
  readonly what: string;
  readonly limit: string;
  readonly measured: string;
  /** Undefined when it could not be measured. */
  readonly met: boolean | undefined;
}

/** What a scenario has found. */
export interface Report {
  readonly columns: readonly Column[];
  readonly targets: readonly Target[];
  readonly notes: readonly string[];
}

const VERDICTS = new Map([
  [true, 'yes'],
  [false, 'no'],
  [undefined, 'not measured'],
]);

/** Writes reports as Markdown: what each candidate did, and what OneRouter was to reach. */
export function markdown(candidates: readonly Candidate[], reports: readonly Report[]): string {
  const columns = reports.flatMap((report) => report.columns);
  const notes = reports.flatMap((report) => report.notes);
  return [
    table(
      ['', ...columns.map(({ title }) => title)],
      candidates.map((one) => [one.name, ...columns.map(({ cell }) => cell(one))]),
    ),
    table(
      ['OneRouter', 'target', 'measured', 'met'],
      reports
        .flatMap(({ targets }) => targets)
        .map(({ what, limit, measured, met }) => [what, limit, measured, VERDICTS.get(met) ?? '']),
    ),
    ...(notes.length > 0 ? [notes.map((note) => `- ${note}`).join('\n')] : []),
  ].join('\n\n');
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = heads.map((_head, at) => (at === 0 ? '---' : '---:'));
  return [heads, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
