import '@mantine/charts/styles.layer.css';
import { BarChart } from '@mantine/charts';
import type { ReactElement } from 'react';
import { shortDay } from '../../lib/days.ts';
import type { ChartLine } from './chart-lines.ts';
import { ChartTooltip } from './chart-tooltip.tsx';
import type { Metric } from './query.ts';

export interface UsageChartProps {
  readonly days: readonly string[];
  readonly lines: readonly ChartLine[];
  readonly metric: Metric;
}

const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });
const DOLLARS = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  minimumFractionDigits: 0,
  maximumSignificantDigits: 3,
});

/** Bars stacked by series, a bar a day. Heights are drawn with floating point; what is read is exact. */
export default function UsageChart({ days, lines, metric }: UsageChartProps): ReactElement {
  const data = days.map((day, index) => ({
    day,
    index,
    ...Object.fromEntries(lines.map(({ values }, line) => [`line${line}`, Number(values[index] ?? '0')])),
  }));
  return (
    <BarChart
      h={300}
      data={data}
      dataKey="day"
      type="stacked"
      // Names may have dots in them, which a key of the chart may not.
      series={lines.map(({ name, color }, line) => ({ name: `line${line}`, label: name, color }))}
      accessibilityLayer={false}
      gridAxis="x"
      tickLine="none"
      maxBarWidth={44}
      barProps={{ stroke: 'var(--mantine-color-body)', strokeWidth: 1, strokeOpacity: 1 }}
      xAxisProps={{ tickFormatter: (day: string) => shortDay(day), minTickGap: 28 }}
      yAxisProps={{ width: 62, tickFormatter: (value: number) => tick(value, metric) }}
      tooltipProps={{ content: <ChartTooltip days={days} lines={lines} metric={metric} /> }}
    />
  );
}

function tick(value: number, metric: Metric): string {
  return metric === 'spend' ? DOLLARS.format(value) : COMPACT.format(value);
}
