import type { AccountState, StateChange } from './account-state.ts';
import type { FoldContext, Folded, SettleAct } from './act.ts';
import { closing } from './fold-reservation.ts';
import { addUse } from './periods.ts';

/** Id of the entry that charges a generation whose reservation was gone. */
export function adjustmentId(id: string): string {
  return `adjust:${id}`;
}

/** Charges a generation once: with its reservation, or late, as an adjustment. */
export function foldSettle(state: AccountState, act: SettleAct, context: FoldContext): Folded {
  const { id, generation } = act;
  const open = state.open.get(id);
  const known = context.known.get(id);
  if (known?.final === true) {
    const booking = { booked: 0n, balance: state.balance };
    return open ? { booking, change: closing(state, open) } : { booking };
  }
  const { cost } = generation;
  const seq = state.seq + 1;
  const balance = state.balance - cost;
  const booking = { booked: cost, balance };
  const replaces = known !== undefined;
  const charged: StateChange = {
    seq,
    balance,
    spent: state.spent + cost,
    // A free exchange leaves the key's use as it is: a statement less.
    ...(cost === 0n
      ? {}
      : { keyUse: addUse(state.keyUse.get(generation.keyId), generation.keyId, cost, context.now) }),
  };
  if (open) {
    const change = {
      ...closing(state, open),
      ...charged,
      generation: { generation, seq, charge: cost, final: true, replaces },
    };
    return { booking, change };
  }
  // The sweeper's record, if there is one, may have been read as an entry of nothing already, so its charge stays
  // nothing, and an entry of its own brings the money in.
  const change: StateChange = {
    ...charged,
    generation: { generation, seq, charge: 0n, final: true, replaces },
    ...(cost === 0n
      ? {}
      : {
          entry: {
            id: adjustmentId(id),
            account: state.account,
            seq,
            kind: 'adjustment',
            amount: -cost,
            at: context.now,
            note: null,
          },
        }),
  };
  return { booking, change };
}
