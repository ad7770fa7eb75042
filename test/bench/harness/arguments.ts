import { parseArgs } from 'node:util';

/** What every candidate is told. */
export interface CandidateArguments {
  readonly port: number;
  /** Origin of the upstream, without a path. */
  readonly upstream: string;
  /** A folder for files of its own. */
  readonly dir: string;
}

/** What OneRouter is told beyond that. */
export interface StoreArgument {
  /** Where it keeps things: `sqlite`, `memory`, `mongodb`. */
  readonly store: string;
}

/**
 * Reads the command line of a candidate.
 *
 * @throws {TypeError} on unknown flags
 */
export function readCandidateArguments(): CandidateArguments & StoreArgument {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '9200' },
      upstream: { type: 'string', default: 'http://127.0.0.1:9100' },
      dir: { type: 'string', default: '.' },
      store: { type: 'string', default: 'sqlite' },
    },
  });
  return { port: Number(values.port), upstream: values.upstream, dir: values.dir, store: values.store };
}
