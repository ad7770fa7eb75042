import { Skeleton } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { useBalance } from '../../api/credits.ts';
import type { LiveBalance } from '../../api/credits.ts';
import { Money } from '../../components/money.tsx';

/** What is left to spend. The feed tells it as it changes; until it does, it is asked for. */
export function BalanceStrip(props: {
  readonly told: LiveBalance | undefined;
  readonly mark: ReactNode;
}): ReactElement {
  const asked = useBalance();
  const balance = props.told ?? asked.data;
  const amount = (value: string | undefined): ReactNode => {
    if (value !== undefined) return <Money value={value} />;
    return asked.isError ? 'unknown' : <Skeleton height={20} width={80} my={2} />;
  };
  return (
    <div className="or-card or-balance-strip">
      <dl className="or-facts">
        <div>
          <dt>Available</dt>
          <dd>{amount(balance?.available_usd)}</dd>
        </div>
        <div>
          <dt>Reserved</dt>
          <dd>{amount(balance?.reserved_usd)}</dd>
        </div>
        <div>
          <dt>Balance</dt>
          <dd>{amount(balance?.balance_usd)}</dd>
        </div>
      </dl>
      {props.mark}
    </div>
  );
}
