import type { Generation, GenerationStatus } from '@onerouter/core';

/** Where generations are kept. Records hold sizes, times and money, never a prompt or a completion. */
export interface GenerationLog {
  /** Keeps a finished generation. A second call with the same id changes nothing. */
  append(generation: Generation): Promise<void>;
  /** A generation of one account, running ones (`status: 'pending'`) included; `undefined` when it has none by that id. */
  find(accountId: string, id: string): Promise<Generation | undefined>;
  /**
   * Finished generations of one account, newest first, which is by id: ids sort by the time they were made. Pages that
   * follow each other by `before` show each generation once, whatever is settled meanwhile.
   */
  list(query: GenerationQuery): Promise<readonly Generation[]>;
}

/** Which generations to list. Filters compare whole values; one that is `undefined` takes everything. */
export interface GenerationQuery {
  readonly accountId: string;
  /** Model that answered. */
  readonly model?: string | undefined;
  readonly provider?: string | undefined;
  /** Hash of the key that called. */
  readonly keyId?: string | undefined;
  readonly status?: FinishedStatus | undefined;
  /** Made at this time or later, in milliseconds since the epoch. */
  readonly from?: number | undefined;
  /** Made before this time. */
  readonly until?: number | undefined;
  /** Older than the generation with this id, which need not exist: the last one of the page before. */
  readonly before?: string | undefined;
  /** Most generations to return. */
  readonly limit: number;
}

/** How an exchange can have ended. */
export type FinishedStatus = Exclude<GenerationStatus, 'pending'>;

/** Fields that a list may be filtered by. */
export const GENERATION_FILTERS = ['model', 'provider', 'keyId', 'status'] as const;

/** Whether a generation passes the filters of a query; its time and place in the list are not looked at. */
export function passesFilters(
  generation: Pick<Generation, (typeof GENERATION_FILTERS)[number]>,
  query: Pick<GenerationQuery, (typeof GENERATION_FILTERS)[number]>,
): boolean {
  return GENERATION_FILTERS.every(
    (field) => query[field] === undefined || generation[field] === query[field],
  );
}
