import type { ReactElement } from 'react';
import type { Price } from '../../api/payments.ts';
import { Money } from '../../components/money.tsx';

/** What will be paid; dashes until it is known. */
export function PriceLines({ price }: { readonly price: Price | undefined }): ReactElement {
  return (
    <dl className="or-price" aria-live="polite" aria-busy={price === undefined}>
      <dt>Credits</dt>
      <dd>{price ? <Money value={price.amount_usd} /> : '–'}</dd>
      <dt>Fee</dt>
      <dd>{price ? <Money value={price.fee_usd} /> : '–'}</dd>
      <dt>You pay</dt>
      <dd>{price ? <Money value={price.total_usd} /> : '–'}</dd>
    </dl>
  );
}
