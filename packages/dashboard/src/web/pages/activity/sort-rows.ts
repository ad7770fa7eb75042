import type { ActivityRow } from '../../api/activity.ts';
import { compareUsd } from '../../lib/amounts.ts';

export type Column = 'date' | 'model' | 'provider' | 'key' | 'requests' | 'in' | 'out' | 'spend';

export interface Sorting {
  readonly column: Column;
  readonly descending: boolean;
}

export const COLUMNS: readonly { readonly id: Column; readonly label: string; readonly numeric: boolean }[] =
  [
    { id: 'date', label: 'Day (UTC)', numeric: false },
    { id: 'model', label: 'Model', numeric: false },
    { id: 'provider', label: 'Provider', numeric: false },
    { id: 'key', label: 'Key', numeric: false },
    { id: 'requests', label: 'Requests', numeric: true },
    { id: 'in', label: 'Tokens in', numeric: true },
    { id: 'out', label: 'Tokens out', numeric: true },
    { id: 'spend', label: 'Spend', numeric: true },
  ];

type Order = (a: ActivityRow, b: ActivityRow) => number;

const ORDERS: Readonly<Record<Column, Order>> = {
  date: (a, b) => a.date.localeCompare(b.date),
  model: (a, b) => a.model.localeCompare(b.model),
  provider: (a, b) => a.provider_name.localeCompare(b.provider_name),
  key: (a, b) => (a.api_key_name ?? '').localeCompare(b.api_key_name ?? ''),
  requests: (a, b) => a.requests - b.requests,
  in: (a, b) => a.prompt_tokens - b.prompt_tokens,
  out: (a, b) => a.completion_tokens - b.completion_tokens,
  spend: (a, b) => compareUsd(a.usage_usd, b.usage_usd),
};

/** Rows in the order asked for; among equals the dearest first. */
export function sortRows(
  rows: readonly ActivityRow[],
  { column, descending }: Sorting,
): readonly ActivityRow[] {
  const order = ORDERS[column];
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => sign * order(a, b) || ORDERS.spend(b, a));
}
