import '../../styles/credits.css';
import { Skeleton } from '@mantine/core';
import type { ReactElement } from 'react';
import { useSearchParams } from 'wouter';
import { useBalance, useBuying } from '../../api/credits.ts';
import { CHECKOUT_PARAM, usePayments } from '../../api/payments.ts';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { AutoTopUpCard } from './auto-top-up-card.tsx';
import { BalanceCards } from './balance-cards.tsx';
import { BuyForm } from './buy-form.tsx';
import { EntryTable } from './entry-table.tsx';
import { LotTable } from './lot-table.tsx';
import { NotForSale } from './not-for-sale.tsx';
import { PaymentTable } from './payment-table.tsx';
import { ReturnNotice } from './return-notice.tsx';

/** What is left, how to get more, and where it came from. */
export default function CreditsPage(): ReactElement {
  const [search, setSearch] = useSearchParams();
  const returned = search.get(CHECKOUT_PARAM);
  const balance = useBalance();
  const buying = useBuying();
  const payments = usePayments(buying.data === true, returned === 'success');
  return (
    <Page title="Credits" description="Every request is paid from these, at what it really used.">
      <div className="or-credits">
        <ReturnNotice
          returned={returned}
          payments={payments}
          onClose={() => setSearch(new URLSearchParams(), { replace: true })}
        />
        <QueryView
          query={balance}
          errorTitle="The balance could not be loaded"
          loading={<Blocks className="or-figures or-balance" count={3} height={104} />}
        >
          {(found) => <BalanceCards balance={found} />}
        </QueryView>
        <QueryView
          query={buying}
          errorTitle="It is not known whether credits can be bought"
          loading={<Blocks className="or-credits-pair" count={2} height={240} />}
        >
          {(stripe) =>
            stripe ? (
              <div className="or-credits-pair">
                <BuyForm />
                <AutoTopUpCard />
              </div>
            ) : (
              <NotForSale />
            )
          }
        </QueryView>
        {balance.data && <LotTable lots={balance.data.lots} />}
        {buying.data === true && <PaymentTable payments={payments} />}
        <EntryTable />
      </div>
    </Page>
  );
}

/** Stands where cards will be. */
function Blocks(props: {
  readonly className: string;
  readonly count: number;
  readonly height: number;
}): ReactElement {
  const { className, count, height } = props;
  return (
    <div className={className} aria-hidden>
      {Array.from({ length: count }, (_unused, index) => (
        <Skeleton key={index} height={height} radius={12} />
      ))}
    </div>
  );
}
