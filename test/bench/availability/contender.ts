import type { Processes } from '../harness/processes.ts';
import type { Ending } from './client.ts';
import type { Request } from './schedule.ts';

/** For a provider to answer, or to begin to: what every contender is told. */
export const FIRST_TOKEN_MS = 1_000;

/** What a contender works with. */
export interface Circumstances {
  readonly seed: number;
  /** Base URLs of the providers by name. */
  readonly urls: ReadonlyMap<string, string>;
  readonly processes: Processes;
  /** OneRouter's `routing.rounds`; undefined for the default. */
  readonly rounds: number | undefined;
}

/** A contender that is ready. */
export interface Ready {
  readonly ask: (request: Request) => Promise<Ending>;
  readonly close: () => Promise<void>;
}

/** A way to get an answer out of providers that fail. */
export interface Contender {
  readonly name: string;
  /**
   * Called before any time is taken.
   *
   * @throws {Error} saying why it cannot take part
   */
  readonly prepare?: () => Promise<void>;
  /** @throws {Error} saying why it cannot take part */
  readonly open: (circumstances: Circumstances) => Promise<Ready>;
}
