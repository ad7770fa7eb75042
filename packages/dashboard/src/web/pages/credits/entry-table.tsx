import { Table, Text, Title } from '@mantine/core';
import type { ReactElement } from 'react';
import { useEntries } from '../../api/credits.ts';
import type { Entry } from '../../api/credits.ts';
import { Money } from '../../components/money.tsx';
import { TableFrame } from '../../components/table-frame.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { Timestamp } from '../../components/timestamp.tsx';
import { ENTRY_NAMES } from '../../lib/entry-names.ts';
import { PagedRows } from './paged-rows.tsx';

/** Everything that changed the balance but requests, newest first. */
export function EntryTable(): ReactElement {
  const entries = useEntries();
  return (
    <section className="or-credits-part" aria-labelledby="entries-title">
      <Title order={2} id="entries-title">
        History
      </Title>
      <Text c="dimmed" component="div">
        What came in and what was taken back. What requests cost is on <TextLink href="/logs">Logs</TextLink>.
      </Text>
      <PagedRows pages={entries} errorTitle="The history could not be loaded" empty="Nothing yet.">
        {(all) => (
          <TableFrame label="Changes of the balance">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Day</Table.Th>
                <Table.Th scope="col">What</Table.Th>
                <Table.Th scope="col" className="or-right">
                  Amount
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {all.map((entry) => (
                <Row key={entry.id} entry={entry} />
              ))}
            </Table.Tbody>
          </TableFrame>
        )}
      </PagedRows>
    </section>
  );
}

function Row({ entry: { at, kind, note, amount_usd: amount } }: { readonly entry: Entry }): ReactElement {
  return (
    <Table.Tr>
      <Table.Th scope="row" className="or-nowrap">
        <Timestamp at={at} />
      </Table.Th>
      <Table.Td>
        {ENTRY_NAMES[kind]}
        {note !== null && <span className="or-note or-break">{note}</span>}
      </Table.Td>
      <Table.Td className="or-right or-nowrap">
        {!amount.startsWith('-') && '+'}
        <Money value={amount} />
      </Table.Td>
    </Table.Tr>
  );
}
