import type { AccountsAndKeys, AccountStore, AlertClaims, TicketStore } from '@onerouter/accounts';
import type { KeyStore, SessionStore } from '@onerouter/auth';
import type { Ledger, PaymentStore } from '@onerouter/billing';
import type { IdempotencyStore } from '@onerouter/idempotency';
import type { GenerationLog, SettlementFeed, UsageRollups } from '@onerouter/metering';

/** Everything that the gateway keeps. `@onerouter/store-sqlite` makes one. */
export interface Store {
  readonly keys: KeyStore;
  readonly accounts: AccountStore & AccountsAndKeys;
  readonly ledger: Ledger;
  readonly generations: GenerationLog & Partial<SettlementFeed>;
  /** Claims on Idempotency-Keys. @default in memory, of this process alone and until it ends */
  readonly idempotency?: IdempotencyStore;
  /** Sessions of browsers. @default none: people cannot sign in */
  readonly sessions?: SessionStore;
  /** Single-use secrets of people who sign in. @default none */
  readonly tickets?: TicketStore;
  /** Which alerts were sent. @default none */
  readonly alertClaims?: AlertClaims;
  /** Use by day. @default none: there is no activity to show */
  readonly rollups?: UsageRollups;
  /** Payments for credits, and who pays. @default none: credits cannot be bought */
  readonly payments?: PaymentStore;
  /** Whether the store can be used; a rejection counts as no. */
  ready(): Promise<boolean>;
}
