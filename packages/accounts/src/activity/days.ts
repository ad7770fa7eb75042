import { GatewayError } from '@onerouter/core';
import { dayOf, type DayRange } from '@onerouter/metering';
import type { ActivityQuery, GenerationsQuery } from './queries.ts';

/** Days of activity that are shown unless asked otherwise, the running one included. */
export const DEFAULT_DAYS = 30;
/** Most days that one answer covers. */
export const MAX_DAYS = 366;

const DAY_MS = 86_400_000;

/**
 * The days that a query asks for.
 *
 * @throws {GatewayError} 400 when they are in the wrong order, too many, or named twice
 */
export function daysOf(query: Pick<ActivityQuery, 'date' | 'from' | 'to'>, nowMs: number): DayRange {
  const { date } = query;
  if (date !== undefined) {
    if (query.from !== undefined || query.to !== undefined) {
      throw refuse('date', 'Send either date, or from and to.');
    }
    return { from: date, to: date };
  }
  const to = query.to ?? dayOf(nowMs);
  const from = query.from ?? dayOf(startOf(to) - (DEFAULT_DAYS - 1) * DAY_MS);
  if (from > to) throw refuse('from', `The first day, ${from}, is after the last, ${to}.`);
  if (startOf(to) - startOf(from) >= MAX_DAYS * DAY_MS) {
    throw refuse('from', `At most ${MAX_DAYS} days fit in one answer.`);
  }
  return { from, to };
}

/** Each day of a range. */
export function eachDay({ from, to }: DayRange): readonly string[] {
  const days: string[] = [];
  for (let at = startOf(from); at <= startOf(to); at += DAY_MS) days.push(dayOf(at));
  return days;
}

/** The times that a query of generations asks for: from the first on, before the second. */
export function timesOf({ from, to }: Pick<GenerationsQuery, 'from' | 'to'>): {
  readonly from: number | undefined;
  readonly until: number | undefined;
} {
  const isDay = to !== undefined && !to.includes('T');
  return {
    from: from === undefined ? undefined : Date.parse(from),
    until: to === undefined ? undefined : Date.parse(to) + (isDay ? DAY_MS : 0),
  };
}

function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function refuse(param: string, message: string): GatewayError {
  return new GatewayError('invalid_request', message, { param });
}
