import type { ReactElement } from 'react';
import { shiftDecimal, usd } from '../lib/decimal.ts';

/** The price of a million tokens, from the price of one; exact. */
export function PerMillion({ price }: { readonly price: string | undefined }): ReactElement {
  if (price === undefined) return <span aria-label="not priced on its own">–</span>;
  const million = shiftDecimal(price, 6);
  return <span className="or-number">{million === '0' ? 'Free' : usd(million)}</span>;
}
