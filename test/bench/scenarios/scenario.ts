import type { Field } from '../candidates/index.ts';
import type { Lab } from '../harness/lab.ts';
import type { Report } from '../harness/report.ts';

/** How much is measured. */
export interface Effort {
  readonly rounds: number;
  /** How long one candidate is under load in one round. */
  readonly roundMs: number;
  /** Requests that a new process answers before it is measured, as far as ten seconds allow. */
  readonly warmUpRequests: number;
}

/** One thing that is measured. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly run: (lab: Lab, field: Field, effort: Effort) => Promise<Report>;
}
