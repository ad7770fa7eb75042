import type { ReactElement } from 'react';
import { Page } from '../../components/page.tsx';
import { AccountSearch } from './account-search.tsx';
import { ProviderHealthView } from './provider-health.tsx';
import { TotalFigures } from './total-figures.tsx';

/** What whoever runs this installation sees. */
export default function OperatorPage(): ReactElement {
  return (
    <Page title="Operator" description="All accounts together, how providers fare, and each account.">
      <TotalFigures />
      <ProviderHealthView />
      <AccountSearch />
    </Page>
  );
}
