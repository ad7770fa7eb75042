import type { ReactElement } from 'react';
import type { Balance } from '../../api/credits.ts';
import { Money } from '../../components/money.tsx';

/** What there is, what of it is held, and what can be spent. */
export function BalanceCards({ balance }: { readonly balance: Balance }): ReactElement {
  return (
    <dl className="or-figures or-balance" aria-label="Balance">
      <div className="or-card or-balance-main">
        <dt>Available</dt>
        <dd>
          <Money value={balance.available_usd} />
          <span className="or-figure-note">
            What new requests can spend: the balance less what is reserved.
          </span>
        </dd>
      </div>
      <div className="or-card">
        <dt>Reserved</dt>
        <dd>
          <Money value={balance.reserved_usd} />
          <span className="or-figure-note">
            Held for requests that are running. What they do not use comes back.
          </span>
        </dd>
      </div>
      <div className="or-card">
        <dt>Balance</dt>
        <dd>
          <Money value={balance.balance_usd} />
          <span className="or-figure-note">
            <Money value={balance.total_credits_usd} /> came in, <Money value={balance.total_usage_usd} /> was
            used.
          </span>
        </dd>
      </div>
    </dl>
  );
}
