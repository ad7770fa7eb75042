import { Button, Group, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useAccounts } from '../../api/operator.ts';
import type { AccountRow } from '../../api/operator.ts';
import { Money } from '../../components/money.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import { TableFrame } from '../../components/table-frame.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { Timestamp } from '../../components/timestamp.tsx';
import { useSettled } from '../../lib/use-settled.ts';
import { RoleMark } from './role-mark.tsx';

export function AccountSearch(): ReactElement {
  const [text, setText] = useState('');
  const wanted = useSettled(text.trim());
  const accounts = useAccounts(wanted);
  return (
    <section className="or-section" aria-labelledby="accounts-title">
      <Title order={2} id="accounts-title">
        Accounts
      </Title>
      <div className="or-account-search">
        <SearchBox label="Search by e-mail or account id" value={text} onChange={setText} />
      </div>
      <QueryView
        query={accounts}
        errorTitle="The accounts could not be loaded"
        isEmpty={({ pages }) => pages.every(({ data }) => data.length === 0)}
        empty={
          <Text c="dimmed" role="status">
            {wanted === '' ? 'There are no accounts yet.' : `No account matches “${wanted}”.`}
          </Text>
        }
      >
        {({ pages }) => (
          <>
            <AccountTable accounts={pages.flatMap(({ data }) => data)} />
            {accounts.hasNextPage && (
              <Group justify="center">
                <Button
                  variant="default"
                  loading={accounts.isFetchingNextPage}
                  onClick={() => void accounts.fetchNextPage()}
                >
                  Show more
                </Button>
              </Group>
            )}
          </>
        )}
      </QueryView>
    </section>
  );
}

function AccountTable({ accounts }: { readonly accounts: readonly AccountRow[] }): ReactElement {
  return (
    <TableFrame label="Accounts found" stacks>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Account</Table.Th>
          <Table.Th scope="col">Since</Table.Th>
          <Table.Th scope="col" className="or-right">
            Balance
          </Table.Th>
          <Table.Th scope="col" className="or-right">
            Available
          </Table.Th>
          <Table.Th scope="col" className="or-right">
            Used
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {accounts.map((account) => (
          <Table.Tr key={account.id}>
            <Table.Th scope="row">
              <span className="or-break">
                <TextLink href={`/operator/accounts/${encodeURIComponent(account.id)}`}>
                  {account.email}
                </TextLink>
              </span>{' '}
              <RoleMark role={account.role} />
            </Table.Th>
            <Table.Td data-label="Since">
              <Timestamp at={account.created_at} />
            </Table.Td>
            <Table.Td className="or-right" data-label="Balance">
              <Money value={account.balance_usd} />
            </Table.Td>
            <Table.Td className="or-right" data-label="Available">
              <Money value={account.available_usd} />
            </Table.Td>
            <Table.Td className="or-right" data-label="Used">
              <Money value={account.total_usage_usd} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </TableFrame>
  );
}
