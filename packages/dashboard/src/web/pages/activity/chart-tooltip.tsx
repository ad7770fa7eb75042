import type { ReactElement } from 'react';
import { compareUsd, sumUsd } from '../../lib/amounts.ts';
import { longDay } from '../../lib/days.ts';
import { showFigure } from './chart-lines.ts';
import type { ChartLine } from './chart-lines.ts';
import type { Metric } from './query.ts';
import { Swatch } from './swatch.tsx';

export interface ChartTooltipProps {
  readonly days: readonly string[];
  readonly lines: readonly ChartLine[];
  readonly metric: Metric;
  /** Set by the chart: what is pointed at. */
  readonly payload?: readonly { readonly payload?: { readonly index?: number } }[];
}

/** One day's figures, exact. */
export function ChartTooltip({ days, lines, metric, payload }: ChartTooltipProps): ReactElement | null {
  const index = payload?.[0]?.payload?.index;
  if (index === undefined) return null;
  const used = lines.flatMap((line) => {
    const value = line.values[index] ?? '0';
    return compareUsd(value, '0') === 0 ? [] : [{ line, value }];
  });
  return (
    <div className="or-tooltip">
      <strong>{longDay(days[index] ?? '')}</strong>
      {used.map(({ line, value }) => (
        <div key={line.id} className="or-tooltip-line">
          <Swatch color={line.color} />
          <span>{line.name}</span>
          <span className="or-number">{showFigure(value, metric)}</span>
        </div>
      ))}
      {used.length !== 1 && (
        <div className="or-tooltip-line">
          <span />
          <span>{used.length === 0 ? 'Nothing' : 'Together'}</span>
          {used.length > 0 && (
            <span className="or-number">{showFigure(sumUsd(used.map(({ value }) => value)), metric)}</span>
          )}
        </div>
      )}
    </div>
  );
}
