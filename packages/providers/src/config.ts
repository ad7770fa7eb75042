import { PASSTHROUGH_METHODS, type PassthroughMethod } from '@onerouter/core';
import { z } from 'zod';

/** One provider as it stands in the configuration. */
export interface ProviderConfig {
  /** The wire format. @default 'openai' */
  readonly dialect?: string | undefined;
  /** Where the API is; needed unless the provider's name is a preset's. */
  readonly baseUrl?: string | undefined;
  readonly apiKey?: string | undefined;
  /** Several keys, tried in turn when one is refused. */
  readonly apiKeys?: readonly string[] | undefined;
  readonly displayName?: string | undefined;
  /** Sent with every call. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** @default false */
  readonly trainsOnPrompts?: boolean | undefined;
  /** @default false for providers of your own; the preset's for known ones */
  readonly retainsPrompts?: boolean | undefined;
  /** @default 'stops-billing' */
  readonly cancellation?: 'stops-billing' | 'drains' | undefined;
  /** Without output for this long, the next candidate is tried beside it. @default never */
  readonly hedgeAfterMs?: number | undefined;
  readonly outputLimitField?: 'max_tokens' | 'max_completion_tokens' | undefined;
  readonly timeouts?: TimeoutConfig | undefined;
  /** Calls without a dialect that may go to the provider as they are. @default none */
  readonly passthrough?: readonly PassthroughConfig[] | undefined;
}

/** One kind of call that is passed through. */
export interface PassthroughConfig {
  /** A websocket is a `GET`. */
  readonly method: PassthroughMethod;
  /** Below the base URL: `/files/:id/content`. `:name` is one segment, a last `*` one or more. */
  readonly path: string;
  /** What a call that succeeds costs, as decimal text in USD. `"0"` says that it is free. */
  readonly priceUsd: string;
}

/** Milliseconds for each phase of a call. */
export interface TimeoutConfig {
  readonly connectMs?: number | undefined;
  readonly headersMs?: number | undefined;
  readonly firstTokenMs?: number | undefined;
  readonly idleMs?: number | undefined;
  readonly totalMs?: number | undefined;
}

const ms = z.int().min(1).max(86_400_000);
const key = z.string().min(1);

/** Checks one provider; fields it does not know are refused by name. */
export const providerConfigSchema: z.ZodType<ProviderConfig> = z.strictObject({
  dialect: z.string().optional(),
  baseUrl: z.url({ protocol: /^https?$/ }).optional(),
  apiKey: key.optional(),
  apiKeys: z.array(key).min(1).optional(),
  displayName: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  trainsOnPrompts: z.boolean().optional(),
  retainsPrompts: z.boolean().optional(),
  cancellation: z.enum(['stops-billing', 'drains']).optional(),
  hedgeAfterMs: ms.optional(),
  outputLimitField: z.enum(['max_tokens', 'max_completion_tokens']).optional(),
  timeouts: z
    .strictObject({
      connectMs: ms.optional(),
      headersMs: ms.optional(),
      firstTokenMs: ms.optional(),
      idleMs: ms.optional(),
      totalMs: ms.optional(),
    })
    .optional(),
  passthrough: z
    .array(
      z.strictObject({
        method: z.enum(PASSTHROUGH_METHODS),
        path: z.string().startsWith('/'),
        priceUsd: z.string().regex(/^\d+(\.\d{1,9})?$/, 'must be a decimal text in USD such as "0.01"'),
      }),
    )
    .optional(),
});
