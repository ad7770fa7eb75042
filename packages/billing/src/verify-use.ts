import type { Nanos } from '@onerouter/core';
import type { KeyUse } from './book-store.ts';
import { periodsAt, type Periods } from './periods.ts';
import type { SettledGeneration } from './verify-source.ts';

/**
 * How long before its commit a charge may have been counted: one that was folded before midnight and committed after it
 * belongs to the day before.
 */
const FOLDED_BEFORE_MS = 60_000;

type Period = 'day' | 'week' | 'month';

const PERIODS: readonly (readonly [Period, keyof Periods])[] = [
  ['day', 'dayNo'],
  ['week', 'weekNo'],
  ['month', 'monthNo'],
];

/** A number of a key's use that is not what its generations add up to. */
export interface UseDifference {
  readonly of: 'total' | Period;
  readonly expected: Nanos;
  readonly found: Nanos;
}

/** Adds up what a key has spent, to be compared with what its account says of it. */
export class UseCheck {
  readonly #use: KeyUse | undefined;
  #total = 0n;
  readonly #least: Record<Period, Nanos> = { day: 0n, week: 0n, month: 0n };
  readonly #most: Record<Period, Nanos> = { day: 0n, week: 0n, month: 0n };

  constructor(use: KeyUse | undefined) {
    this.#use = use;
  }

  add({ cost, settledAt }: SettledGeneration): void {
    this.#total += cost;
    if (!this.#use) return;
    const latest = periodsAt(settledAt);
    const earliest = periodsAt(settledAt - FOLDED_BEFORE_MS);
    for (const [period, no] of PERIODS) {
      if (latest[no] >= this.#use[no]) this.#most[period] += cost;
      if (earliest[no] >= this.#use[no]) this.#least[period] += cost;
    }
  }

  differences(): readonly UseDifference[] {
    const use = this.#use;
    const total = use?.total ?? 0n;
    if (total !== this.#total) return [{ of: 'total', expected: this.#total, found: total }];
    if (!use) return [];
    return PERIODS.flatMap(([of]) => {
      const found = use[of];
      return found >= this.#least[of] && found <= this.#most[of]
        ? []
        : [{ of, expected: this.#most[of], found }];
    });
  }
}
