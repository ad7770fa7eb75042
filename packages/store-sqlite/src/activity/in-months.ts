import type { DayRange } from '@onerouter/metering';

/** Days that are read at once. */
const DAYS = 31;
/** Parts that a range falls into at most; what is wider has few days that hold anything. */
const PARTS = 48;
const DAY_MS = 86_400_000;

/** A range of days in parts of a month, in order. */
export function inMonths({ from, to }: DayRange): readonly DayRange[] {
  const [first, last] = [Date.parse(from), Date.parse(to)];
  // Not days, or so many that they are meant as "all".
  if (!(last - first <= PARTS * DAYS * DAY_MS)) return [{ from, to }];
  const parts: DayRange[] = [];
  for (let at = first; at <= last; at += DAYS * DAY_MS) {
    const end = Math.min(last, at + (DAYS - 1) * DAY_MS);
    parts.push({ from: dayAt(at), to: dayAt(end) });
  }
  return parts;
}

function dayAt(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
