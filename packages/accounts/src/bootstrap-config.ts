import { keyKind, type KeyKind } from '@onerouter/auth';
import type { LimitReset } from '@onerouter/billing';
import { parseUsd } from '@onerouter/core';
import { z } from 'zod';
import type { AccountRole } from './account-store.ts';
import { normalizeEmail } from './identity.ts';
import { MAX_LIMIT_USD } from './key-requests.ts';

/** A key that is to exist. */
export interface BootstrapKey {
  readonly name: string;
  /** In the clear; stores get its hash. */
  readonly key: string;
  /** What the key may spend within one reset period, in USD. @default no limit */
  readonly limitUsd?: string | number | undefined;
  /** @default the limit is for good */
  readonly limitReset?: LimitReset | undefined;
}

/** An account that is to exist. */
export interface BootstrapAccount {
  readonly email: string;
  /** @default none: nobody can sign in */
  readonly password?: string | undefined;
  /** Granted once, in USD. @default none */
  readonly creditsUsd?: string | number | undefined;
  /** May prompts go to providers that train on them? @default false */
  readonly allowTraining?: boolean | undefined;
  /** An `operator` sees and serves all accounts. @default 'user' */
  readonly role?: AccountRole | undefined;
  /** @default none */
  readonly apiKeys?: readonly BootstrapKey[] | undefined;
  /** @default none */
  readonly managementKeys?: readonly Omit<BootstrapKey, 'limitUsd' | 'limitReset'>[] | undefined;
}

/** The `bootstrap` part of a configuration file. */
export interface BootstrapConfig {
  readonly accounts: readonly BootstrapAccount[];
}

const usd = z
  .union([z.string(), z.number()])
  .refine(isAmount, 'must be an amount in USD such as "5.00", 0 or more, with at most 9 decimals');
const name = z.string().min(1).max(256);
const FORMATS: Readonly<Record<KeyKind, string>> = {
  api: 'must be "sk-or-v1-" and 64 lower-case hexadecimal digits',
  management: 'must be "sk-or-mgmt-v1-" and 64 lower-case hexadecimal digits',
};
const keyOf = (kind: KeyKind): z.ZodString =>
  z.string().refine((key) => keyKind(key) === kind, FORMATS[kind]);

const account = z.strictObject({
  email: z
    .string()
    .max(254)
    .regex(/^[^\s@]+@[^\s@]+$/, 'must be an email address'),
  password: z.string().min(1).max(1024).optional(),
  creditsUsd: usd.optional(),
  allowTraining: z.boolean().optional(),
  role: z.enum(['user', 'operator']).optional(),
  apiKeys: z
    .array(
      z.strictObject({
        name,
        key: keyOf('api'),
        limitUsd: usd.optional(),
        limitReset: z.enum(['daily', 'weekly', 'monthly']).optional(),
      }),
    )
    .optional(),
  managementKeys: z.array(z.strictObject({ name, key: keyOf('management') })).optional(),
});

/** Checks the `bootstrap` part of a configuration: unknown fields, malformed keys and doubles are refused by name. */
export const bootstrapSchema: z.ZodType<BootstrapConfig> = z
  .strictObject({ accounts: z.array(account) })
  .superRefine(function refuseDoubles({ accounts }, context) {
    const emails = new Set<string>();
    const keys = new Set<string>();
    const once = (seen: Set<string>, value: string, path: (string | number)[]): void => {
      if (seen.has(value)) context.addIssue({ code: 'custom', path, message: 'is there twice' });
      seen.add(value);
    };
    for (const [at, { email, apiKeys = [], managementKeys = [] }] of accounts.entries()) {
      once(emails, normalizeEmail(email), ['accounts', at, 'email']);
      for (const [n, { key }] of apiKeys.entries()) once(keys, key, ['accounts', at, 'apiKeys', n, 'key']);
      for (const [n, { key }] of managementKeys.entries())
        once(keys, key, ['accounts', at, 'managementKeys', n, 'key']);
    }
  });

function isAmount(value: string | number): boolean {
  try {
    const nanos = parseUsd(value);
    return nanos >= 0n && nanos <= parseUsd(MAX_LIMIT_USD);
  } catch {
    return false;
  }
}
