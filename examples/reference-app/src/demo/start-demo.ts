import type { BootstrapAccount } from '@onerouter/accounts';
import type { CatalogueConfig } from '@onerouter/gateway';
import { demoKeys, type DemoKeys } from './keys.ts';
import { startDemoProviders } from './providers.ts';
import { DEMO_MODELS, demoAccount, demoProviderSections } from './sections.ts';

/** The demo, as it runs. */
export interface Demo {
  readonly catalogue: CatalogueConfig;
  readonly account: BootstrapAccount;
  readonly keys: DemoKeys;
  stop(): Promise<void>;
}

/**
 * Starts providers that pretend, and makes an account that may call them. This folder is loaded in the demo only.
 *
 * @param storePath path of the database, beside which the keys are kept
 */
export async function startDemo(storePath: string): Promise<Demo> {
  const keys = demoKeys(storePath);
  const providers = await startDemoProviders();
  return {
    catalogue: { providers: demoProviderSections(providers.baseUrls), models: DEMO_MODELS },
    account: demoAccount(keys),
    keys,
    stop: () => providers.stop(),
  };
}
