import { SegmentedControl, Skeleton, Title } from '@mantine/core';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import type { Activity, ActivityBy } from '../../api/activity.ts';
import { chartLines, showFigure } from './chart-lines.ts';
import type { ChartLine } from './chart-lines.ts';
import { DayTable } from './day-table.tsx';
import { METRICS } from './query.ts';
import type { Metric } from './query.ts';
import { Swatch } from './swatch.tsx';

// The chart library is larger than the rest of the page: it comes when there is something to draw.
const UsageChart = lazy(() => import('./usage-chart.tsx'));

const TITLES: Readonly<Record<Metric, string>> = { spend: 'Spend', tokens: 'Tokens', requests: 'Requests' };

export interface UsageSectionProps {
  readonly activity: Activity | undefined;
  readonly by: ActivityBy;
  readonly metric: Metric;
  readonly onBy: (by: ActivityBy) => void;
  readonly onMetric: (metric: Metric) => void;
}

/** Use by day: a chart, or the same as a table. */
export function UsageSection({ activity, by, metric, onBy, onMetric }: UsageSectionProps): ReactElement {
  const [asTable, setAsTable] = useState(false);
  const lines = useMemo(() => (activity ? chartLines(activity, metric) : []), [activity, metric]);
  const title = `${TITLES[metric]} a day by ${by}`;
  return (
    <section className="or-card or-usage" aria-labelledby="usage-title">
      <div className="or-usage-head">
        <Title order={2} id="usage-title">
          {title}
        </Title>
        <div className="or-usage-choices">
          <SegmentedControl
            size="xs"
            aria-label="Figure"
            data={METRICS.map((value) => ({ value, label: TITLES[value] }))}
            value={metric}
            onChange={(value) => onMetric(value)}
          />
          <SegmentedControl
            size="xs"
            aria-label="Told apart by"
            data={[
              { value: 'model', label: 'Model' },
              { value: 'provider', label: 'Provider' },
              { value: 'key', label: 'Key' },
            ]}
            value={by}
            onChange={(value) => onBy(value)}
          />
          <SegmentedControl
            size="xs"
            aria-label="Shown as"
            data={[
              { value: 'chart', label: 'Chart' },
              { value: 'table', label: 'Table' },
            ]}
            value={asTable ? 'table' : 'chart'}
            onChange={(value) => setAsTable(value === 'table')}
          />
        </div>
      </div>
      {activity === undefined ? (
        <Skeleton height={300} />
      ) : asTable ? (
        <DayTable label={`${title}, as figures`} days={activity.days} lines={lines} metric={metric} />
      ) : (
        <>
          <div
            role="img"
            aria-label={`Chart: ${title}, ${activity.days.length} days. Choose Table above to read its figures.`}
          >
            <Suspense fallback={<Skeleton height={300} />}>
              <UsageChart days={activity.days} lines={lines} metric={metric} />
            </Suspense>
          </div>
          <Legend lines={lines} metric={metric} />
        </>
      )}
    </section>
  );
}

/** Series with their totals, in the order of the stack. */
function Legend({
  lines,
  metric,
}: {
  readonly lines: readonly ChartLine[];
  readonly metric: Metric;
}): ReactElement {
  return (
    <ul className="or-legend" aria-label="Series">
      {lines.map(({ id, name, color, total }) => (
        <li key={id}>
          <Swatch color={color} />
          <span className="or-break">{name}</span>
          <span className="or-number or-quiet">{showFigure(total, metric)}</span>
        </li>
      ))}
    </ul>
  );
}
