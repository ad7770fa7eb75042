import { Schema } from 'mongoose';
import { SCHEMA_OPTIONS } from './options.ts';

/**
 * Generations of an account that no filter tells apart are one series. `_id` is all of them, the account first; without
 * the account it is `series` of its generations.
 */
export interface SeriesDoc {
  _id: string;
  account: string;
  series: string;
  key: string;
  model: string;
  provider: string;
  status: string;
}

const text = { type: String, required: true } as const;
// Empty where nobody answered.
const name = { type: String, default: '' } as const;

export const seriesSchema: Schema<SeriesDoc> = new Schema<SeriesDoc>(
  { _id: text, account: text, series: text, key: name, model: name, provider: name, status: text },
  SCHEMA_OPTIONS,
);
