import '../../styles/activity.css';
import { Button } from '@mantine/core';
import { ChartColumn, Download, FilterX } from 'lucide-react';
import { useMemo } from 'react';
import type { ReactElement } from 'react';
import { useSearchParams } from 'wouter';
import { activityCsvUrl, useActivity, useActivityRows } from '../../api/activity.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { FirstRequest } from '../../components/first-request.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { UseFilters } from '../../components/use-filters.tsx';
import { today } from '../../lib/days.ts';
import { usedNames } from '../../lib/used-names.ts';
import { isFiltered, readView, writeView } from './query.ts';
import type { ActivityView } from './query.ts';
import { RangePicker } from './range-picker.tsx';
import { RowsTable } from './rows-table.tsx';
import { Totals } from './totals.tsx';
import { UsageSection } from './usage-section.tsx';

/** What was used, by day. */
export default function ActivityPage(): ReactElement {
  const [search, setSearch] = useSearchParams();
  const view = useMemo(() => readView(search, today()), [search]);
  const { filters, by, metric } = view;
  const { from, to, model, provider, key } = filters;
  const activity = useActivity(filters, by);
  const rows = useActivityRows(filters);
  const everything = useActivityRows({ from, to });
  const names = useMemo(
    () => usedNames(everything.data ?? [], { model, provider, key }),
    [everything.data, model, provider, key],
  );
  const nothing = activity.data !== undefined && activity.data.totals.requests === 0;

  function change(changed: Partial<ActivityView>): void {
    setSearch(writeView({ ...view, ...changed }), { replace: true });
  }

  return (
    <Page
      title="Activity"
      description="What your requests used, by day in UTC. Today is included, up to the last settled request."
      actions={
        <Button
          component="a"
          href={activityCsvUrl(filters)}
          download
          variant="default"
          leftSection={<Download size={15} aria-hidden />}
        >
          Download CSV
        </Button>
      }
    >
      <search className="or-activity-filters">
        <RangePicker
          range={view.range}
          from={from}
          to={to}
          onRange={(range) => change({ range, ...readRange(range, filters) })}
          onDays={(first, last) =>
            change({ range: 'custom', filters: { ...filters, from: first, to: last } })
          }
        />
        <UseFilters
          names={names}
          chosen={{ model, provider, key }}
          onChange={(chosen) => change({ filters: { from, to, ...chosen } })}
        />
      </search>
      {activity.isError && activity.data === undefined ? (
        <ErrorNotice error={activity.error} retry={activity.refetch} />
      ) : nothing ? (
        isFiltered(filters) ? (
          <EmptyState
            icon={FilterX}
            title="Nothing in these days passes the filters"
            action={
              <Button variant="default" onClick={() => change({ filters: { from, to } })}>
                Take the filters off
              </Button>
            }
          />
        ) : (
          <FirstRequest icon={ChartColumn} title="No requests in these days">
            Each request that you make is counted here by model, provider and key, with what it cost.
          </FirstRequest>
        )
      ) : (
        <div className="or-activity" aria-busy={activity.isFetching} data-stale={activity.isPlaceholderData}>
          <Totals totals={activity.data?.totals} />
          <UsageSection
            activity={activity.data}
            by={by}
            metric={metric}
            onBy={(value) => change({ by: value })}
            onMetric={(value) => change({ metric: value })}
          />
          <QueryView query={rows}>{(list) => <RowsTable rows={list} />}</QueryView>
        </div>
      )}
    </Page>
  );
}

/** The days of a preset are told by the address alone; these stand until it is read again. */
function readRange(range: number, filters: ActivityView['filters']): Pick<ActivityView, 'filters'> {
  const { from, to } = readView(new URLSearchParams({ range: String(range) }), today()).filters;
  return { filters: { ...filters, from, to } };
}
