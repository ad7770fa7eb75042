import { bootstrapSchema, type BootstrapConfig } from '@onerouter/accounts';
import { modelsConfig, type ModelConfig } from '@onerouter/models';
import { providerConfigSchema, type ProviderConfig } from '@onerouter/providers';
import { z } from 'zod';
import { peopleSections, type PeopleSections } from './people-sections.ts';

/** How long running exchanges may take to finish once the process was told to end. */
export const DEFAULT_DRAIN_MS = 30_000;
export const DEFAULT_HOST = '127.0.0.1';
export const DEFAULT_PORT = 8787;

/** The configuration file, checked, with defaults filled in. */
export interface ConfigFile extends PeopleSections {
  readonly listen: {
    /** @default '127.0.0.1' */
    readonly host: string;
    /** `0` picks a free one. @default 8787 */
    readonly port: number;
    /**
     * Reverse proxies in front whose `X-Forwarded-For` and `-Proto` are believed: how many, or their addresses, as
     * Express's `trust proxy`.
     *
     * @default none
     */
    readonly trustProxy?: number | string | undefined;
  };
  /** @default 'sqlite:./data/onerouter.db' */
  readonly store?: string | undefined;
  readonly providers?: Readonly<Record<string, ProviderConfig>> | undefined;
  readonly models?: readonly ModelConfig[] | undefined;
  readonly routing: {
    readonly deadlineMs?: number | undefined;
    readonly maxAttempts?: number | undefined;
    readonly rounds?: number | undefined;
    readonly sticky?: boolean | undefined;
  };
  readonly billing: {
    /** What buying credits costs beside them. */
    readonly feeFixedUsd?: string | undefined;
    readonly feePercent?: string | undefined;
    readonly maxReservedTokens?: number | undefined;
    readonly stripe?:
      | {
          readonly secretKey: string;
          /** Several while one replaces another. */
          readonly webhookSecret: string | readonly string[];
          readonly apiBase?: string | undefined;
          readonly minUsd?: string | undefined;
          readonly maxUsd?: string | undefined;
          /** Which ways to pay are offered. @default as Stripe's dashboard says */
          readonly paymentMethodConfiguration?: string | undefined;
        }
      | undefined;
  };
  readonly cache: {
    readonly ttlMs?: number | undefined;
    readonly maxBytes?: number | undefined;
  };
  readonly limits: {
    readonly maxBodyBytes?: number | undefined;
    /** @default 30000 */
    readonly drainMs: number;
    /** Of each key; `perAccount` of all keys of an account. @default none */
    readonly requestsPerMinute?: number | undefined;
    readonly tokensPerMinute?: number | undefined;
    readonly perAccount?:
      | { readonly requestsPerMinute?: number | undefined; readonly tokensPerMinute?: number | undefined }
      | undefined;
  };
  readonly bootstrap?: BootstrapConfig | undefined;
}

const whole = z.int('must be a whole number').nonnegative();
const positive = z.int('must be a whole number').positive();
const rates = { requestsPerMinute: positive.optional(), tokensPerMinute: positive.optional() };
const decimal = z.string().regex(/^\d+(\.\d+)?$/, 'must be a decimal text such as "0.35"');
const secret = z.string('is missing; without it payments cannot be taken').min(1);

/** Checks the configuration file. Every section may be missing; a field that is not named here is refused. */
export const fileSchema: z.ZodType<ConfigFile> = z.strictObject({
  listen: z
    .strictObject({
      host: z.string().min(1).default(DEFAULT_HOST),
      port: whole.max(65_535).default(DEFAULT_PORT),
      trustProxy: z.union([whole, z.string().min(1)]).optional(),
    })
    .prefault({}),
  store: z.string().min(1).optional(),
  providers: z.record(z.string().min(1), providerConfigSchema).optional(),
  models: modelsConfig.optional(),
  routing: z
    .strictObject({
      deadlineMs: positive.optional(),
      maxAttempts: positive.optional(),
      rounds: positive.optional(),
      sticky: z.boolean().optional(),
    })
    .prefault({}),
  billing: z
    .strictObject({
      feeFixedUsd: decimal.optional(),
      feePercent: decimal.optional(),
      maxReservedTokens: positive.optional(),
      stripe: z
        .strictObject({
          secretKey: secret,
          webhookSecret: z.union(
            [secret, z.array(secret).min(1)],
            'is missing; without it payments cannot be taken',
          ),
          apiBase: z.url().optional(),
          minUsd: decimal.optional(),
          maxUsd: decimal.optional(),
          paymentMethodConfiguration: z.string().min(1).optional(),
        })
        .optional(),
    })
    .prefault({}),
  cache: z.strictObject({ ttlMs: whole.optional(), maxBytes: whole.optional() }).prefault({}),
  limits: z
    .strictObject({
      maxBodyBytes: positive.optional(),
      drainMs: whole.default(DEFAULT_DRAIN_MS),
      ...rates,
      perAccount: z.strictObject(rates).optional(),
    })
    .prefault({}),
  ...peopleSections,
  bootstrap: bootstrapSchema.optional(),
});
