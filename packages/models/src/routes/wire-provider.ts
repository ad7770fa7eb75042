import type { Provider } from '@onerouter/core';

/** An item of `GET /providers`. Policies are the provider's own; the catalogue knows no addresses of them. */
export function writeProvider(provider: Provider): Readonly<Record<string, unknown>> {
  return {
    name: provider.displayName,
    slug: provider.name,
    privacy_policy_url: null,
    terms_of_service_url: null,
    status_page_url: null,
    headquarters: null,
    datacenters: null,
    trains_on_prompts: provider.trainsOnPrompts,
    retains_prompts: provider.retainsPrompts,
  };
}
