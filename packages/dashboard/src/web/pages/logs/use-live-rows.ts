import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import type { LiveBalance } from '../../api/credits.ts';
import { generationsKey, liveUrl, useGenerations } from '../../api/generations.ts';
import type { GenerationFilters, GenerationPages, GenerationRow } from '../../api/generations.ts';
import { followGenerations } from '../../api/live-feed.ts';
import type { FeedState } from '../../api/live-feed.ts';
import { mergeRows, NO_ROWS, passes, rowsReducer } from './rows.ts';

/** Rows that arrive within this time are shown together. */
const BATCH_MS = 200;

export interface LiveRows {
  readonly list: ReturnType<typeof useGenerations>;
  readonly rows: readonly GenerationRow[];
  /** How many rows are kept back. */
  readonly held: number;
  readonly release: () => void;
  readonly feed: FeedState;
  /** What the feed told last. */
  readonly balance: LiveBalance | undefined;
}

/**
 * The list of requests, with those that settle meanwhile.
 *
 * @param hold whether new rows are kept back
 */
export function useLiveRows(filters: GenerationFilters, hold: boolean): LiveRows {
  const list = useGenerations(filters);
  const queries = useQueryClient();
  const [{ shown, held, incomplete }, dispatch] = useReducer(rowsReducer, NO_ROWS);
  const [feed, setFeed] = useState<FeedState>('connecting');
  const [balance, setBalance] = useState<LiveBalance>();
  const holding = useRef(hold);
  useEffect(() => {
    holding.current = hold;
  }, [hold]);

  /** Reads the list from its newest end; what the feed told before is in it. */
  const startOver = useCallback(() => {
    dispatch({ type: 'forget' });
    queries.setQueriesData<GenerationPages>({ queryKey: generationsKey() }, firstPage);
    void queries.invalidateQueries({ queryKey: generationsKey() });
  }, [queries]);

  useEffect(() => {
    let waiting: GenerationRow[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    function flush(): void {
      timer = undefined;
      dispatch({ type: 'told', rows: waiting, hold: holding.current });
      waiting = [];
    }
    const end = followGenerations(liveUrl(), {
      onState: setFeed,
      onBalance: setBalance,
      onGap: () => dispatch({ type: 'missed' }),
      onGeneration: (row) => {
        waiting.push(row);
        timer ??= setTimeout(flush, BATCH_MS);
      },
    });
    return () => {
      end();
      clearTimeout(timer);
    };
  }, []);

  // Not while somebody has it stand still.
  useEffect(() => {
    if (incomplete && !hold) startOver();
  }, [incomplete, hold, startOver]);

  const pages = list.data?.pages;
  const rows = useMemo(
    () =>
      pages
        ? mergeRows(
            pages.map(({ data }) => data),
            shown,
            filters,
          )
        : [],
    [pages, shown, filters],
  );
  const heldCount = useMemo(
    () => [...held.values()].filter((row) => passes(row, filters)).length,
    [held, filters],
  );
  const release = useCallback(() => dispatch({ type: 'release' }), []);
  return { list, rows, held: heldCount, release, feed, balance };
}

function firstPage(data: GenerationPages | undefined): GenerationPages | undefined {
  return data && { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) };
}
