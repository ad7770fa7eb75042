import { Table, Text, Title } from '@mantine/core';
import { ReceiptText } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Entry } from '../../api/credits.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Money } from '../../components/money.tsx';
import { TableFrame } from '../../components/table-frame.tsx';
import { Timestamp } from '../../components/timestamp.tsx';
import { ENTRY_NAMES } from '../../lib/entry-names.ts';

/** What changed an account's balance, but requests. */
export function AccountEntries({ entries }: { readonly entries: readonly Entry[] }): ReactElement {
  if (entries.length === 0) {
    return (
      <EmptyState icon={ReceiptText} title="No credits yet">
        Whatever is bought, granted or taken back will be listed here.
      </EmptyState>
    );
  }
  return (
    <section className="or-section" aria-labelledby="entries-title">
      <Title order={2} id="entries-title">
        Latest changes of the balance
      </Title>
      <Text c="dimmed">Requests are not among them.</Text>
      <TableFrame label="Changes of the balance" stacks>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">What</Table.Th>
            <Table.Th scope="col">When</Table.Th>
            <Table.Th scope="col">Note</Table.Th>
            <Table.Th scope="col" className="or-right">
              Amount
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((entry) => (
            <Table.Tr key={entry.id}>
              <Table.Th scope="row">{ENTRY_NAMES[entry.kind]}</Table.Th>
              <Table.Td data-label="When">
                <Timestamp at={entry.at} full />
              </Table.Td>
              <Table.Td className="or-break" {...(entry.note !== null && { 'data-label': 'Note' })}>
                {entry.note}
              </Table.Td>
              <Table.Td className="or-right" data-label="Amount">
                <Money value={entry.amount_usd} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </TableFrame>
    </section>
  );
}
