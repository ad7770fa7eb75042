import { lowBalanceAlerts, webhookPoster } from '@onerouter/accounts';
import { balanceWatch } from '@onerouter/billing';
import type { Log } from '@onerouter/core';
import type { PeopleOptions } from './options.ts';
import type { PeopleStore } from './people-store.ts';

/** What happens when somebody's credits run low. */
export interface Watchers {
  /** Waits for alerts and top-ups that are under way. */
  close(): Promise<void>;
}

/** Starts to watch balances, for alerts and for top-ups. */
export function watchBalances(options: PeopleOptions, store: PeopleStore, log: Log): Watchers {
  const { sender, payments, publicUrl, alerts = {} } = options;
  const { accounts, ledger, alertClaims: claims } = store;
  const webhooks = webhookPoster({ allowPrivate: alerts.allowPrivateWebhooks ?? false });
  const creditsUrl = publicUrl && `${publicUrl}/credits`;
  const low = lowBalanceAlerts({ accounts, claims, sender, webhooks, creditsUrl, log });
  const watch = balanceWatch({ ledger, log });
  watch.subscribe((change) => low.onBalance(change));
  if (payments) {
    watch.subscribe(({ account, available }) => payments.autoTopUp.onBalance(account, available));
    payments.autoTopUp.start();
  }
  return {
    async close() {
      await watch.close();
      await Promise.all([low.close(), payments?.autoTopUp.stop()]);
      await webhooks.close();
    },
  };
}
