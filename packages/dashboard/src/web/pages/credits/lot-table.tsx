import { Button, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { Lot } from '../../api/credits.ts';
import { Money } from '../../components/money.tsx';
import { TableFrame } from '../../components/table-frame.tsx';
import { Timestamp } from '../../components/timestamp.tsx';
import { compareUsd } from '../../lib/amounts.ts';

/** Those that expire first matter most. */
const FEW = 5;

/** What is left of the credit that came in, and until when. */
export function LotTable({ lots }: { readonly lots: readonly Lot[] }): ReactElement | null {
  const left = lots.filter(({ remaining_usd }) => compareUsd(remaining_usd, '0') > 0);
  const [all, setAll] = useState(false);
  if (left.length === 0) return null;
  return (
    <section className="or-credits-part" aria-labelledby="lots-title">
      <Title order={2} id="lots-title">
        What is left, and until when
      </Title>
      <Text c="dimmed">The oldest credit is spent first.</Text>
      <TableFrame label="Credit that is left">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Expires</Table.Th>
            <Table.Th scope="col" className="or-right">
              Left
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {left.slice(0, all ? left.length : FEW).map((lot) => (
            <Table.Tr key={lot.id}>
              <Table.Th scope="row" className="or-nowrap">
                {lot.expires_at === null ? 'never' : <Timestamp at={lot.expires_at} />}
              </Table.Th>
              <Table.Td className="or-right">
                <Money value={lot.remaining_usd} />
                <span className="or-note">
                  of <Money value={lot.amount_usd} />
                </span>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </TableFrame>
      {left.length > FEW && !all && (
        <div className="or-credits-more">
          <Button variant="default" onClick={() => setAll(true)}>
            Show all {left.length}
          </Button>
        </div>
      )}
    </section>
  );
}
