import type { ReactElement } from 'react';
import { usd } from '../lib/decimal.ts';

/** An amount exactly as the API tells it. */
export function Money({ value }: { readonly value: string | number }): ReactElement {
  return <span className="or-number">{usd(value)}</span>;
}
