const WHOLE = new Intl.NumberFormat('en-US');
const SHORT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });
const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const DATE_AND_TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** `1,234,567`. */
export function count(value: number): string {
  return WHOLE.format(value);
}

/** `128K`; a dash when unknown. */
export function shortCount(value: number | null | undefined): string {
  return value === null || value === undefined || value === 0 ? '–' : SHORT.format(value);
}

/** `640 ms`, `2.4 s`; a dash when unknown. */
export function duration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return '–';
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

/** `99.8 %`; a dash when unknown. */
export function percent(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : `${Number(value.toFixed(2))} %`;
}

export function date(at: string | number): string {
  return DATE.format(new Date(at));
}

export function dateAndTime(at: string | number): string {
  return DATE_AND_TIME.format(new Date(at));
}
