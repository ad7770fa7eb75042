import type { AccountState } from './account-state.ts';
import type { Act, FoldContext, Folded } from './act.ts';
import { foldCredit, foldDebit } from './fold-entry.ts';
import { foldInterrupt, foldRelease, foldReserve } from './fold-reservation.ts';
import { foldSettle } from './fold-settle.ts';

/** What an act does to an account at this state. Pure: the same state, act and context give the same answer. */
export function fold(state: AccountState, act: Act, context: FoldContext): Folded {
  switch (act.kind) {
    case 'reserve':
      return foldReserve(state, act, context);
    case 'settle':
      return foldSettle(state, act, context);
    case 'release':
      return foldRelease(state, act);
    case 'interrupt':
      return foldInterrupt(state, act, context);
    case 'credit':
      return foldCredit(state, act, context);
    case 'debit':
      return foldDebit(state, act, context);
    case 'expire':
      break;
  }
  return { booking: { booked: 0n, balance: state.balance } };
}

/**
 * Whether the store must be asked what it has under the act's id before it is folded. Reservations and their settlements
 * are not asked for on their first try, to spare the hot path a read: there the uniqueness of generation ids makes the
 * commit conflict, and the second try asks.
 */
export function needsLookup(state: AccountState, act: Act, retried: boolean): boolean {
  switch (act.kind) {
    case 'credit':
    case 'debit':
      return true;
    case 'settle':
      return retried || !state.open.has(act.id);
    case 'reserve':
    case 'interrupt':
      return retried;
    case 'release':
    case 'expire':
      break;
  }
  return false;
}
