import type { BootstrapAccount } from '@onerouter/accounts';

/** Keys that every gateway of these tests has. `limited` and `key` belong to one account, `stranger` to another. */
export const KEYS = {
  key: `sk-or-v1-${'1'.repeat(64)}`,
  limited: `sk-or-v1-${'2'.repeat(64)}`,
  management: `sk-or-mgmt-v1-${'3'.repeat(64)}`,
  stranger: `sk-or-v1-${'4'.repeat(64)}`,
} as const;

/** Two accounts with the same credits. */
export function people(
  creditsUsd: string,
  limitUsd: string,
  allowTraining = false,
): readonly BootstrapAccount[] {
  return [
    {
      email: 'demo@example.com',
      creditsUsd,
      allowTraining,
      apiKeys: [
        { name: 'key', key: KEYS.key },
        { name: 'limited', key: KEYS.limited, limitUsd },
      ],
      managementKeys: [{ name: 'management', key: KEYS.management }],
    },
    { email: 'stranger@example.com', creditsUsd, apiKeys: [{ name: 'stranger', key: KEYS.stranger }] },
  ];
}
