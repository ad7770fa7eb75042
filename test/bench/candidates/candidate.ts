import type { CandidateArguments } from '../harness/arguments.ts';

/** Something that answers chat completions, or passes them on. */
export interface Candidate {
  /** As the report names it. */
  readonly name: string;
  /** Arguments for Node; undefined for the upstream itself, which runs anyway. */
  readonly args?: (told: CandidateArguments) => readonly string[];
  /** Headers beyond those that everybody gets. */
  readonly headers?: (upstream: string) => Readonly<Record<string, string>>;
  /**
   * Called before the first start.
   *
   * @throws {Error} saying why this candidate cannot take part
   */
  readonly prepare?: () => Promise<void>;
}
