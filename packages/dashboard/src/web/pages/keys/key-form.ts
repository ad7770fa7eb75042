import type { LimitReset } from '../../api/keys.ts';
import { isUsdInput, plainDecimal } from '../../lib/decimal.ts';

/** What the dialogs hold while somebody types. */
export interface KeyForm {
  readonly name: string;
  /** An amount in USD; empty for no limit. */
  readonly limit: string;
  readonly reset: LimitReset | 'never';
  /** `YYYY-MM-DD`; empty for never. */
  readonly expires: string;
}

export const EMPTY_FORM: KeyForm = { name: '', limit: '', reset: 'never', expires: '' };

/** What is wrong, field by field; nothing where it can be sent. */
export function problemsOf(form: KeyForm, today: Date): Partial<Record<keyof KeyForm, string>> {
  return {
    ...(form.name.trim() === '' && { name: 'What is the key for?' }),
    ...(form.limit !== '' && !isUsdInput(form.limit) && { limit: 'An amount such as 25 or 0.50.' }),
    ...(form.expires !== '' &&
      endOfDay(form.expires) <= today.getTime() && { expires: 'Choose a later day.' }),
  };
}

/** Limits as the API takes them. */
export function limitsOf(form: KeyForm): { limit: number | null; limit_reset: LimitReset | null } {
  if (form.limit === '') return { limit: null, limit_reset: null };
  return { limit: Number(form.limit), limit_reset: form.reset === 'never' ? null : form.reset };
}

/** The end of that day in UTC, as the API takes it. */
export function expiryOf(form: KeyForm): string | null {
  return form.expires === '' ? null : new Date(endOfDay(form.expires)).toISOString();
}

export function formOf(key: { name: string; limit: number | null; limit_reset: LimitReset | null }): KeyForm {
  return {
    name: key.name,
    limit: key.limit === null ? '' : plainDecimal(key.limit),
    reset: key.limit_reset ?? 'never',
    expires: '',
  };
}

function endOfDay(day: string): number {
  return Date.parse(`${day}T23:59:59.000Z`);
}
