import { stringify } from 'csv-stringify/sync';
import type { ActivityRow } from './activity-rows.ts';

const COLUMNS = [
  'date',
  'model',
  'provider_name',
  'requests',
  'prompt_tokens',
  'completion_tokens',
  'reasoning_tokens',
  'usage_usd',
] as const satisfies readonly (keyof ActivityRow)[];
const KEY_COLUMNS = ['api_key_hash', 'api_key_name'] as const satisfies readonly (keyof ActivityRow)[];

/**
 * Rows as CSV with a header line. Names are other people's text: one that a spreadsheet would run as a formula gets an
 * apostrophe before it.
 */
export function writeCsv(rows: readonly ActivityRow[], byKey: boolean): string {
  const columns = byKey ? [...COLUMNS, ...KEY_COLUMNS] : [...COLUMNS];
  // Excel reads UTF-8 only behind a byte order mark.
  return stringify([...rows], { header: true, columns, escape_formulas: true, bom: true });
}
