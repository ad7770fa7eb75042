import type { Generation, Nanos } from '@onerouter/core';
import type { Booked } from './book-store.ts';
import type { Booking, CreditKind, DebitKind, LimitReset } from './ledger.ts';
import type { StateChange } from './account-state.ts';

export interface ReserveAct {
  readonly kind: 'reserve';
  readonly id: string;
  readonly key: string;
  readonly keyLimit: Nanos | null;
  readonly keyLimitReset: LimitReset | null;
  readonly amount: Nanos;
  readonly owner: string;
  readonly draft: Generation;
}

export interface SettleAct {
  readonly kind: 'settle';
  readonly id: string;
  readonly generation: Generation;
}

export interface ReleaseAct {
  readonly kind: 'release';
  readonly id: string;
}

/** What the sweeper does to a reservation whose process has died. */
export interface InterruptAct {
  readonly kind: 'interrupt';
  readonly id: string;
  readonly owner: string;
  readonly draft: Generation;
}

export interface CreditAct {
  readonly kind: 'credit';
  readonly id: string;
  readonly amount: Nanos;
  readonly entryKind: CreditKind;
  readonly expiresAt: number | null;
  readonly note: string | null;
}

export interface DebitAct {
  readonly kind: 'debit';
  readonly id: string;
  readonly amount: Nanos;
  readonly entryKind: DebitKind;
  readonly upTo: boolean;
  readonly note: string | null;
}

/** Takes credit that is due. Every other act does it first; this one is for accounts nobody uses. */
export interface ExpireAct {
  readonly kind: 'expire';
  readonly id: string;
}

/** A business act on one account, to be folded over its state. */
export type Act = ReserveAct | SettleAct | ReleaseAct | InterruptAct | CreditAct | DebitAct | ExpireAct;

/** What a fold knows beside the state. */
export interface FoldContext {
  /** The store's time. */
  readonly now: number;
  /** What the store, or an act before this one, has under an id. Ids that were not asked for count as free. */
  readonly known: ReadonlyMap<string, Booked>;
  /** Most open exchanges of an account. */
  readonly maxOpen: number;
}

/** What an act comes to. Without `change` it changes nothing. */
export type Folded =
  | { readonly refused: Error; readonly change?: undefined }
  | { readonly refused?: undefined; readonly change?: StateChange; readonly booking: Booking };
