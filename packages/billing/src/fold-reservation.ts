import type { Nanos } from '@onerouter/core';
import type { AccountState, StateChange } from './account-state.ts';
import type { FoldContext, Folded, InterruptAct, ReleaseAct, ReserveAct } from './act.ts';
import type { OpenReservation } from './book-store.ts';
import { InsufficientCreditsError, TooManyOpenError } from './ledger-errors.ts';
import { usedWithin } from './periods.ts';

/** Error type on the record of an exchange whose process died. */
export const INTERRUPTED = 'interrupted';

/** Holds credits, if the account's and the key's limits allow it. */
export function foldReserve(state: AccountState, act: ReserveAct, context: FoldContext): Folded {
  const { id, key, amount, owner, draft } = act;
  const done = { booking: { booked: 0n, balance: state.balance } };
  if (state.open.has(id) || context.known.get(id)?.final === true) return done;
  if (state.open.size >= context.maxOpen) return { refused: new TooManyOpenError(context.maxOpen) };
  const available = state.balance - state.reserved;
  const keyAvailable = availableToKey(state, act, context.now);
  if (keyAvailable !== null && keyAvailable < amount && keyAvailable < available) {
    return { refused: new InsufficientCreditsError(amount, keyAvailable, 'key') };
  }
  if (available < amount) return { refused: new InsufficientCreditsError(amount, available, 'account') };
  const change: StateChange = {
    seq: state.seq + 1,
    reserved: state.reserved + amount,
    opened: { id, key, amount, owner, createdAt: context.now, draft },
  };
  return { ...done, change };
}

/** Ends a reservation without a charge. */
export function foldRelease(state: AccountState, act: ReleaseAct): Folded {
  const open = state.open.get(act.id);
  const booking = { booked: 0n, balance: state.balance };
  return open ? { booking, change: closing(state, open) } : { booking };
}

/** Ends what a dead process left, and keeps a record of it that a late settlement may still replace. */
export function foldInterrupt(state: AccountState, act: InterruptAct, context: FoldContext): Folded {
  const booking = { booked: 0n, balance: state.balance };
  const open = state.open.get(act.id);
  if (!open || open.owner !== act.owner) return { booking };
  const change = closing(state, open);
  const known = context.known.get(act.id);
  if (known?.final === true) return { booking, change };
  const generation = { ...act.draft, status: 'failed', errorType: INTERRUPTED, cost: 0n } as const;
  return {
    booking,
    change: {
      ...change,
      generation: { generation, seq: change.seq, charge: 0n, final: false, replaces: known !== undefined },
    },
  };
}

/** The change that takes a reservation off the account. */
export function closing(state: AccountState, open: OpenReservation): StateChange {
  return { seq: state.seq + 1, reserved: state.reserved - open.amount, closed: open };
}

/** What a key may still reserve; `null` when it has no limit of its own. */
function availableToKey(state: AccountState, act: ReserveAct, now: number): Nanos | null {
  if (act.keyLimit === null) return null;
  const used = usedWithin(state.keyUse.get(act.key), act.keyLimitReset, now);
  return act.keyLimit - used - (state.keyReserved.get(act.key) ?? 0n);
}
