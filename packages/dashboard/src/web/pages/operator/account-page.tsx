import { Button, Skeleton } from '@mantine/core';
import { Gift } from 'lucide-react';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useParams } from 'wouter';
import { ApiError } from '../../api/api-error.ts';
import { useAccount } from '../../api/operator.ts';
import type { OneAccount } from '../../api/operator.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { Money } from '../../components/money.tsx';
import { NotFound } from '../../components/not-found.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { date } from '../../lib/format.ts';
import { AccountEntries } from './account-entries.tsx';
import { Figure } from './figure.tsx';
import { GrantDialog } from './grant-dialog.tsx';
import { RoleMark } from './role-mark.tsx';

/** One account, as an operator sees it. */
export default function AccountPage(): ReactElement {
  const { id } = useParams<{ id: string }>();
  const account = useAccount(id);
  const [granting, setGranting] = useState(false);
  if (account.error instanceof ApiError && account.error.status === 404) return <NotFound />;
  return (
    <Page
      title={account.data?.email ?? 'Account'}
      description={
        <>
          <span className="or-id-line">
            <span className="or-mono or-break">{id}</span>
            <CopyButton value={id} label="Copy the account’s id" />
          </span>
          <div>
            <TextLink href="/operator">All accounts</TextLink>
          </div>
        </>
      }
      actions={
        account.data && (
          <Button leftSection={<Gift size={16} aria-hidden />} onClick={() => setGranting(true)}>
            Grant credits
          </Button>
        )
      }
    >
      <QueryView query={account} loading={<Skeleton height={220} />}>
        {(found) => (
          <>
            <Figures account={found} />
            <AccountEntries entries={found.entries} />
            {granting && <GrantDialog account={found} onClose={() => setGranting(false)} />}
          </>
        )}
      </QueryView>
    </Page>
  );
}

function Figures({ account }: { readonly account: OneAccount }): ReactElement {
  return (
    <dl className="or-figures or-wide-figures">
      <Figure
        label="Balance"
        note={
          <>
            <Money value={account.available_usd} /> available
          </>
        }
      >
        <Money value={account.balance_usd} />
      </Figure>
      <Figure label="Used so far">
        <Money value={account.total_usage_usd} />
      </Figure>
      <Figure label="Since" note={<RoleMark role={account.role} />}>
        {date(account.created_at)}
      </Figure>
    </dl>
  );
}
