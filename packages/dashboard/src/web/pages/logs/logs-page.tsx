import '../../styles/logs.css';
import { Button } from '@mantine/core';
import { FilterX, Pause, Play, ScrollText } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { useSearchParams } from 'wouter';
import { useActivityRows } from '../../api/activity.ts';
import type { GenerationFilters } from '../../api/generations.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { FirstRequest } from '../../components/first-request.tsx';
import { Rows } from '../../components/page-skeleton.tsx';
import { Page } from '../../components/page.tsx';
import { Narrow, UseFilters } from '../../components/use-filters.tsx';
import { daysBefore, today } from '../../lib/days.ts';
import { count } from '../../lib/format.ts';
import { usedNames } from '../../lib/used-names.ts';
import { BalanceStrip } from './balance-strip.tsx';
import { DetailsDrawer } from './details-drawer.tsx';
import { FeedMark } from './feed-mark.tsx';
import { LogList } from './log-list.tsx';
import { readFilters, STATUSES, writeFilters } from './query.ts';
import { statusLabel } from './status-mark.tsx';
import { useLiveRows } from './use-live-rows.ts';

/** Use of so many days tells which models, providers and keys can be chosen. */
const NAMES_FROM_DAYS = 30;
const OUTCOMES = STATUSES.map((value) => ({ value, label: statusLabel(value) }));

/** Each request, as it settles. */
export default function LogsPage(): ReactElement {
  const [search, setSearch] = useSearchParams();
  const query = search.toString();
  const filters = useMemo(() => readFilters(new URLSearchParams(query)), [query]);
  const opened = search.get('id');
  const [paused, setPaused] = useState(false);
  const [reading, setReading] = useState(false);
  const hold = paused || reading;
  const { list, rows, held, release, feed, balance } = useLiveRows(filters, hold);
  useEffect(() => {
    if (!hold) release();
  }, [hold, release]);
  const used = useActivityRows({ from: daysBefore(today(), NAMES_FROM_DAYS - 1), to: today() });
  const names = useMemo(() => usedNames(used.data ?? [], filters), [used.data, filters]);
  const filtered = writeFilters(filters).size > 0;

  function filter(changed: GenerationFilters): void {
    setSearch(writeFilters({ ...filters, ...changed }), { replace: true });
  }

  function open(id: string | undefined): void {
    const next = writeFilters(filters);
    if (id !== undefined) next.set('id', id);
    setSearch(next);
  }

  return (
    <Page
      title="Logs"
      description="Every request as it settles: who answered, how fast, and what it cost. Prompts and answers are never kept, so none are here."
    >
      <BalanceStrip
        told={feed === 'live' ? balance : undefined}
        mark={<FeedMark feed={feed} paused={paused} />}
      />
      <search className="or-log-tools">
        <UseFilters names={names} chosen={filters} onChange={filter} />
        <Narrow
          label="Status"
          choices={OUTCOMES}
          value={filters.status}
          onChange={(value) => filter({ status: STATUSES.find((status) => status === value) })}
        />
        <Button
          variant="default"
          aria-pressed={paused}
          leftSection={paused ? <Play size={15} aria-hidden /> : <Pause size={15} aria-hidden />}
          onClick={() => setPaused(!paused)}
        >
          {paused ? `Resume${held > 0 ? `, ${count(held)} new` : ''}` : 'Pause'}
        </Button>
      </search>
      {list.isError && rows.length === 0 ? (
        <ErrorNotice error={list.error} retry={list.refetch} />
      ) : list.isPending ? (
        <Rows count={8} height={46} />
      ) : rows.length > 0 ? (
        <>
          {list.isError && (
            <div className="or-log-problem">
              <ErrorNotice
                error={list.error}
                title="Older or newer requests could not be loaded"
                retry={list.refetch}
              />
            </div>
          )}
          <LogList
            rows={rows}
            held={paused ? 0 : held}
            onReading={setReading}
            onOpen={open}
            loadOlder={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
            loading={list.isFetchingNextPage}
          />
        </>
      ) : filtered ? (
        <EmptyState
          icon={FilterX}
          title="No request passes the filters"
          action={
            <Button variant="default" onClick={() => setSearch(new URLSearchParams(), { replace: true })}>
              Take the filters off
            </Button>
          }
        />
      ) : (
        <FirstRequest icon={ScrollText} title="No requests yet">
          Make one, and it is here as soon as it is settled. There is no need to reload.
        </FirstRequest>
      )}
      <DetailsDrawer id={opened} row={rows.find(({ id }) => id === opened)} onClose={() => open(undefined)} />
    </Page>
  );
}
