import type { GenerationQuery } from './generation-log.ts';

/** Ids between two others, the first included, the second not. */
export interface IdRange {
  readonly from: string;
  readonly before: string;
}

/** Above every id: no id begins with it. */
const END = '\uffff';

/** Where in the order of ids a query looks. Times are found in it, since an id begins with the time it was made. */
export function idRange({
  from,
  until,
  before,
}: Pick<GenerationQuery, 'from' | 'until' | 'before'>): IdRange {
  const end = until === undefined ? END : firstIdAt(until);
  return {
    from: from === undefined ? '' : firstIdAt(from),
    before: before !== undefined && before < end ? before : end,
  };
}

/** Below every id made at this time (see `newGenerationId`), above every id made before it. */
function firstIdAt(timeMs: number): string {
  return `gen-${Math.max(0, Math.ceil(timeMs)).toString(36).padStart(9, '0')}`;
}
