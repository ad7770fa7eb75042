import { formatUsd } from '@onerouter/core';
import { z } from 'zod';
import type { Account } from '../account-store.ts';

/** An account as its owner sees it. */
export interface Profile {
  readonly id: string;
  readonly email: string;
  readonly role: 'user' | 'operator';
  readonly created_at: string;
  readonly has_password: boolean;
  readonly allow_training: boolean;
  readonly identities: readonly { readonly provider: string }[];
  readonly alerts: {
    readonly threshold_usd: string;
    readonly email: boolean;
    readonly webhook_url: string | null;
  } | null;
}

export const profileShape: z.ZodType<Profile> = z
  .object({
    id: z.string(),
    email: z.string(),
    role: z.enum(['user', 'operator']),
    created_at: z.iso.datetime(),
    has_password: z.boolean(),
    allow_training: z.boolean().meta({ description: 'May prompts go to providers that train on them?' }),
    identities: z.array(z.object({ provider: z.string() })),
    alerts: z
      .object({ threshold_usd: z.string(), email: z.boolean(), webhook_url: z.string().nullable() })
      .nullable(),
  })
  .meta({ id: 'Profile' });

export function writeProfile(account: Account): Profile {
  const { id, email, role, allowTraining, identities, alerts } = account;
  return {
    id,
    email,
    role,
    created_at: new Date(account.createdAt).toISOString(),
    has_password: account.passwordHash !== null,
    allow_training: allowTraining,
    identities: identities.map(({ provider }) => ({ provider })),
    alerts: alerts && {
      threshold_usd: formatUsd(alerts.threshold),
      email: alerts.email,
      webhook_url: alerts.webhookUrl,
    },
  };
}
