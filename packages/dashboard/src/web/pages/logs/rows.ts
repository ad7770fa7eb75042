import type { GenerationFilters, GenerationRow } from '../../api/generations.ts';

/** The rows of the page: what the feed told, and the pages of the list. */
export interface LogRows {
  /** Told by the feed and shown, by id. */
  readonly shown: ReadonlyMap<string, GenerationRow>;
  /** Told by the feed and kept back: while paused, or while somebody reads further down. */
  readonly held: ReadonlyMap<string, GenerationRow>;
  /** There were more rows than are kept, or than were told: the list has to be read anew. */
  readonly incomplete: boolean;
}

export const NO_ROWS: LogRows = { shown: new Map(), held: new Map(), incomplete: false };

/** So many rows are kept of the feed, and as many held back; beyond that the list is read anew. */
export const MAX_FED_ROWS = 5_000;

export type RowsAct =
  | { readonly type: 'told'; readonly rows: readonly GenerationRow[]; readonly hold: boolean }
  | { readonly type: 'release' }
  /** Something was settled of which the feed did not tell. */
  | { readonly type: 'missed' }
  | { readonly type: 'forget' };

export function rowsReducer(state: LogRows, act: RowsAct): LogRows {
  if (act.type === 'forget') return NO_ROWS;
  if (act.type === 'missed') return { ...state, incomplete: true };
  if (act.type === 'release') {
    return state.held.size === 0
      ? state
      : { shown: new Map([...state.shown, ...state.held]), held: new Map(), incomplete: state.incomplete };
  }
  const told = act.rows.map((row) => [row.id, row] as const);
  const shown = act.hold ? state.shown : new Map([...state.shown, ...state.held, ...told]);
  const held = act.hold ? [...state.held, ...told] : [];
  return {
    shown,
    held: new Map(held.slice(-MAX_FED_ROWS)),
    incomplete: state.incomplete || held.length > MAX_FED_ROWS || shown.size > MAX_FED_ROWS,
  };
}

/** Pages of the list and rows of the feed as one list, each request once and as told last, newest first. */
export function mergeRows(
  listed: readonly (readonly GenerationRow[])[],
  fed: ReadonlyMap<string, GenerationRow>,
  filters: GenerationFilters,
): readonly GenerationRow[] {
  const rows = new Map<string, GenerationRow>();
  for (const page of listed) for (const row of page) rows.set(row.id, row);
  for (const row of fed.values()) {
    if (passes(row, filters)) rows.set(row.id, row);
    else rows.delete(row.id);
  }
  return [...rows.values()].toSorted(newestFirst);
}

/** Whether a row of the feed, which tells everything, belongs into the list. */
export function passes(row: GenerationRow, { model, provider, key, status }: GenerationFilters): boolean {
  return (
    (model === undefined || row.model === model) &&
    (provider === undefined || row.provider_name === provider) &&
    (key === undefined || row.api_key_hash === key) &&
    (status === undefined || row.status === status)
  );
}

function newestFirst(a: GenerationRow, b: GenerationRow): number {
  if (a.created_at !== b.created_at) return a.created_at < b.created_at ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}
