const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The running day in UTC, as `2026-09-23`. */
export function today(): string {
  return dayOf(Date.now());
}

/** The day so many days before another. */
export function daysBefore(day: string, days: number): string {
  return dayOf(Date.parse(`${day}T00:00:00Z`) - days * DAY_MS);
}

/** How many days a range has, both ends included. */
export function daysIn(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
}

/** Whether a text names a day that there is. */
export function isDay(text: string | null): text is string {
  return (
    text !== null && DAY.test(text) && !Number.isNaN(Date.parse(text)) && dayOf(Date.parse(text)) === text
  );
}

const SHORT = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const LONG = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });

/** `23 Sept`. */
export function shortDay(day: string): string {
  return SHORT.format(Date.parse(day));
}

/** `23 Sept 2026`. */
export function longDay(day: string): string {
  return LONG.format(Date.parse(day));
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
