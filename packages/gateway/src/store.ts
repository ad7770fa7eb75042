import type { AccountsAndKeys, AccountStore } from '@onerouter/accounts';
import type { KeyStore } from '@onerouter/auth';
import type { Ledger, PaymentStore } from '@onerouter/billing';
import type { IdempotencyStore } from '@onerouter/idempotency';
import type { GenerationLog } from '@onerouter/metering';

/** Everything that the gateway keeps. `@onerouter/store-sqlite` makes one. */
export interface Store {
  readonly keys: KeyStore;
  readonly accounts: AccountStore & AccountsAndKeys;
  readonly ledger: Ledger;
  readonly generations: GenerationLog;
  /** Claims on Idempotency-Keys. @default in memory, of this process alone and until it ends */
  readonly idempotency?: IdempotencyStore;
  /** Payments for credits, and who pays. @default none: credits cannot be bought */
  readonly payments?: PaymentStore;
  /** Whether the store can be used; a rejection counts as no. */
  ready(): Promise<boolean>;
}
