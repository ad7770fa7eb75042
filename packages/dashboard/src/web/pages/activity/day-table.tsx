import { Table } from '@mantine/core';
import type { ReactElement } from 'react';
import { TableFrame } from '../../components/table-frame.tsx';
import { longDay } from '../../lib/days.ts';
import { dayTotals, showFigure } from './chart-lines.ts';
import type { ChartLine } from './chart-lines.ts';
import type { Metric } from './query.ts';

/** What the chart shows, as figures: for those who do not see it, and to read them exactly. */
export function DayTable(props: {
  readonly label: string;
  readonly days: readonly string[];
  readonly lines: readonly ChartLine[];
  readonly metric: Metric;
}): ReactElement {
  const { label, days, lines, metric } = props;
  const totals = dayTotals(lines, days.length);
  const order = days.map((_day, index) => index).toReversed();
  return (
    <TableFrame label={label}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Day (UTC)</Table.Th>
          <Table.Th scope="col" className="or-right">
            All
          </Table.Th>
          {lines.map(({ id, name }) => (
            <Table.Th key={id} scope="col" className="or-right">
              {name}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {order.map((index) => (
          <Table.Tr key={days[index]}>
            <Table.Th scope="row">{longDay(days[index] ?? '')}</Table.Th>
            <Table.Td className="or-right or-number">{showFigure(totals[index] ?? '0', metric)}</Table.Td>
            {lines.map(({ id, values }) => (
              <Table.Td key={id} className="or-right or-number">
                {showFigure(values[index] ?? '0', metric)}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </TableFrame>
  );
}
