import type { AccountsAndKeys, AccountStore } from '@onerouter/accounts';
import type { KeyStore } from '@onerouter/auth';
import type { Ledger } from '@onerouter/billing';
import type { GenerationLog } from '@onerouter/metering';

/** Everything that the gateway keeps. `@onerouter/store-sqlite` makes one. */
export interface Store {
  readonly keys: KeyStore;
  readonly accounts: AccountStore & AccountsAndKeys;
  readonly ledger: Ledger;
  readonly generations: GenerationLog;
  /** Whether the store can be used; a rejection counts as no. */
  ready(): Promise<boolean>;
}
