import type { Waiting } from './account-cache.ts';
import type { JournalRecord } from './journal-record.ts';

/** An act that is never given up. */
export type LastingAct = Waiting & JournalRecord;

export function isLasting(waiting: Waiting): waiting is LastingAct {
  return waiting.act.kind === 'settle' || waiting.act.kind === 'release';
}

/** Acts by their account, both in the order of their arrival. */
export function byAccount(batch: readonly Waiting[]): ReadonlyMap<string, Waiting[]> {
  const accounts = new Map<string, Waiting[]>();
  for (const one of batch) {
    const waiting = accounts.get(one.account);
    if (waiting) waiting.push(one);
    else accounts.set(one.account, [one]);
  }
  return accounts;
}
