import { parseArgs } from 'node:util';

/** What every candidate is told. */
export interface CandidateArguments {
  readonly port: number;
  /** Origin of the upstream, without a path. */
  readonly upstream: string;
  /** A folder for files of its own. */
  readonly dir: string;
}

/**
 * Reads the command line of a candidate.
 *
 * @throws {TypeError} on unknown flags
 */
export function readCandidateArguments(): CandidateArguments {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '9200' },
      upstream: { type: 'string', default: 'http://127.0.0.1:9100' },
      dir: { type: 'string', default: '.' },
    },
  });
  return { port: Number(values.port), upstream: values.upstream, dir: values.dir };
}
