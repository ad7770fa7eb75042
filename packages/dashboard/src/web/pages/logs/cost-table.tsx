import { Table, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import type { CostLine } from '../../api/generations.ts';
import { Money } from '../../components/money.tsx';
import { TableFrame } from '../../components/table-frame.tsx';
import { plainDecimal, shiftDecimal } from '../../lib/decimal.ts';
import { count } from '../../lib/format.ts';

const ITEMS: Readonly<Record<string, string>> = {
  prompt: 'Prompt',
  cache_read: 'Prompt, cached',
  cache_write: 'Prompt, written to the cache',
  completion: 'Completion',
  reasoning: 'Reasoning',
  image: 'Images',
  request: 'Request',
  rounding: 'Rounded up',
};
/** Priced by the million, as the models are. */
const BY_TOKEN: ReadonlySet<string> = new Set([
  'prompt',
  'cache_read',
  'cache_write',
  'completion',
  'reasoning',
]);

/** A bill whose lines add up to the cost exactly. */
export function CostTable(props: {
  readonly lines: readonly CostLine[];
  readonly cost: string | number;
}): ReactElement {
  const { lines, cost } = props;
  if (lines.length === 0) {
    return (
      <Text>
        <Money value={plainDecimal(cost)} />
        {plainDecimal(cost) === '0' && ': nothing was charged.'}
      </Text>
    );
  }
  return (
    <TableFrame label="Lines of the bill">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">For</Table.Th>
          <Table.Th scope="col" className="or-right">
            How many
          </Table.Th>
          <Table.Th scope="col" className="or-right">
            At
          </Table.Th>
          <Table.Th scope="col" className="or-right">
            Amount
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lines.map((line, index) => (
          <Line key={`${line.item} ${index}`} line={line} />
        ))}
      </Table.Tbody>
      <Table.Tfoot>
        <Table.Tr>
          <Table.Th scope="row" colSpan={3}>
            Cost
          </Table.Th>
          <Table.Th className="or-right">
            <Money value={cost} />
          </Table.Th>
        </Table.Tr>
      </Table.Tfoot>
    </TableFrame>
  );
}

function Line({ line: { item, quantity, unitPrice, amount } }: { readonly line: CostLine }): ReactElement {
  const rounding = item === 'rounding';
  return (
    <Table.Tr>
      <Table.Th scope="row">{ITEMS[item] ?? item}</Table.Th>
      <Table.Td className="or-right or-number">{rounding ? '' : count(quantity)}</Table.Td>
      <Table.Td className="or-right or-number">
        {!rounding && <Money value={BY_TOKEN.has(item) ? shiftDecimal(unitPrice, 6) : unitPrice} />}
        {BY_TOKEN.has(item) && <span className="or-note">a million</span>}
      </Table.Td>
      <Table.Td className="or-right">
        <Money value={amount} />
      </Table.Td>
    </Table.Tr>
  );
}
