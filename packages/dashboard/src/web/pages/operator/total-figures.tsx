import type { ReactElement } from 'react';
import { useTotals } from '../../api/operator.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Money } from '../../components/money.tsx';
import { count } from '../../lib/format.ts';
import { Figure } from './figure.tsx';

export function TotalFigures(): ReactElement {
  const { data: totals, isError, error, refetch } = useTotals();
  if (isError && !totals) {
    return <ErrorNotice error={error} title="The totals could not be loaded" retry={refetch} />;
  }
  return (
    <dl className="or-figures or-wide-figures" aria-busy={totals === undefined}>
      <Figure label="Spent today" note={totals && requests(totals.today.requests)}>
        {totals && <Money value={totals.today.cost_usd} />}
      </Figure>
      <Figure label="Spent in 30 days" note={totals && requests(totals.last_30_days.requests)}>
        {totals && <Money value={totals.last_30_days.cost_usd} />}
      </Figure>
      <Figure
        label="Credits not spent yet"
        note={
          totals && (
            <>
              <Money value={totals.reserved_usd} /> held by running requests
            </>
          )
        }
      >
        {totals && <Money value={totals.balance_usd} />}
      </Figure>
      <Figure
        label="Accounts"
        note={
          totals && (
            <>
              <Money value={totals.credits_usd} /> credited, <Money value={totals.usage_usd} /> used
            </>
          )
        }
      >
        {totals && count(totals.accounts)}
      </Figure>
    </dl>
  );
}

function requests(number: number): string {
  return number === 1 ? '1 request' : `${count(number)} requests`;
}
