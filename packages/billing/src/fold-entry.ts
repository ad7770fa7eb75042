import type { Nanos } from '@onerouter/core';
import type { AccountState, StateChange } from './account-state.ts';
import type { CreditAct, DebitAct, FoldContext, Folded } from './act.ts';
import type { LedgerEntry } from './ledger.ts';
import { EntryMismatchError, InsufficientCreditsError } from './ledger-errors.ts';
import { dueLots, pruneLots, takeFromLot } from './lots.ts';

/** Adds a lot of credit, once. */
export function foldCredit(state: AccountState, act: CreditAct, context: FoldContext): Folded {
  const known = context.known.get(act.id);
  if (known) {
    if (known.account !== state.account || known.amount !== act.amount) {
      return { refused: new EntryMismatchError(act.id) };
    }
    return { booking: { booked: 0n, balance: state.balance } };
  }
  const balance = state.balance + act.amount;
  const lot = { id: act.id, amount: act.amount, expiresAt: act.expiresAt };
  return {
    booking: { booked: act.amount, balance },
    change: {
      seq: state.seq + 1,
      balance,
      lots: pruneLots([...state.lots, lot], balance),
      entry: entry(state, act.id, act.entryKind, act.amount, act.note, context.now),
    },
  };
}

/** Takes credit back, once. Never below zero: that is for exchanges that overran their reservation. */
export function foldDebit(state: AccountState, act: DebitAct, context: FoldContext): Folded {
  const known = context.known.get(act.id);
  if (known) {
    if (known.account !== state.account) return { refused: new EntryMismatchError(act.id) };
    return { booking: { booked: 0n, balance: state.balance } };
  }
  const available = state.balance - state.reserved;
  if (available < act.amount && !act.upTo) {
    return { refused: new InsufficientCreditsError(act.amount, available, 'account') };
  }
  const taken = atMost(act.amount, available);
  const balance = state.balance - taken;
  return {
    booking: { booked: taken, balance },
    change: {
      seq: state.seq + 1,
      balance,
      entry: entry(state, act.id, act.entryKind, -taken, act.note, context.now),
    },
  };
}

/**
 * Takes what has expired, oldest first, as far as no reservation holds it; the rest goes once that has ended.
 *
 * @returns the next lot's change, or `undefined` when nothing (more) is to be taken. Apply it and call again.
 */
export function foldExpiry(state: AccountState, now: number): StateChange | undefined {
  if (state.nextExpiryAt === null || state.nextExpiryAt > now) return undefined;
  const due = dueLots(state.lots, state.balance, now)[0];
  const taken = due ? atMost(due.unspent, state.balance - state.reserved) : 0n;
  if (due && taken > 0n) {
    const balance = state.balance - taken;
    const seq = state.seq + 1;
    return {
      seq,
      balance,
      lots: pruneLots(takeFromLot(state.lots, due.id, taken), balance),
      // A lot may expire in parts; `seq` tells their entries apart.
      entry: entry(state, `expire:${due.id}:${seq}`, 'expiry', -taken, null, now),
    };
  }
  if (due) return undefined;
  // Nothing is left of what is due: drop it, so that it is not looked at again.
  return { seq: state.seq + 1, lots: pruneLots(state.lots, state.balance) };
}

function atMost(amount: Nanos, available: Nanos): Nanos {
  if (available <= 0n) return 0n;
  return amount < available ? amount : available;
}

function entry(
  state: AccountState,
  id: string,
  kind: LedgerEntry['kind'],
  amount: Nanos,
  note: string | null,
  at: number,
): LedgerEntry {
  return { id, account: state.account, seq: state.seq + 1, kind, amount, at, note };
}
