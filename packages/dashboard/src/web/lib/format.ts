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

const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const DAY_AND_MONTH = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

/** `14:03:22`. */
export function clock(at: string): string {
  return CLOCK.format(new Date(at));
}

/** `23 Nov`. */
export function dayAndMonth(at: string): string {
  return DAY_AND_MONTH.format(new Date(at));
}

/** `84.2 tok/s`; a dash when unknown. */
export function speed(tokensPerSecond: number | null | undefined): string {
  if (tokensPerSecond === null || tokensPerSecond === undefined) return '–';
  return `${tokensPerSecond < 100 ? tokensPerSecond.toFixed(1) : Math.round(tokensPerSecond)} tok/s`;
}
