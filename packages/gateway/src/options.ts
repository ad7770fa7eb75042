import type { Log } from '@onerouter/core';
import type { PointLimiter, RateLimitOptions, RateLimits } from '@onerouter/limits';
import type { ModelConfig, Strategy } from '@onerouter/models';
import type { CreateProvidersOptions, ProviderConfig } from '@onerouter/providers';
import type { RequestHandler } from 'express';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import type { PeopleOptions } from './people/options.ts';
import type { Store } from './store.ts';

/** What may change while the gateway runs. */
export interface CatalogueConfig {
  /** Providers by name, as in a configuration file. */
  readonly providers: Readonly<Record<string, ProviderConfig>>;
  /** Models on offer. They win over built-in ones with the same id. @default [] */
  readonly models?: readonly ModelConfig[] | undefined;
  /** Whether the built-in models of providers that are known by name are on offer too. @default true */
  readonly builtin?: boolean | undefined;
}

export interface OneRouterOptions extends CatalogueConfig {
  readonly store: Store;
  /**
   * Lets people sign up, see what they use and pay for it; the pages of `@onerouter/dashboard` need it.
   *
   * @default callers have keys, and nothing else
   */
  readonly people?: PeopleOptions | undefined;
  /**
   * Without `people`: recognises signed-in people, who then may use models and administer keys without a key of their own: `sessionAuth()`
   * of `@onerouter/auth`.
   *
   * @default keys only
   */
  readonly session?: RequestHandler | undefined;
  /** Dialects of your own. @default none */
  readonly dialects?: CreateProvidersOptions['dialects'];
  readonly routing?: {
    /** Over all attempts, until output begins. @default 600000 */
    readonly deadlineMs?: number | undefined;
    /** @default 6 */
    readonly maxAttempts?: number | undefined;
    /** How often candidates are gone through, with a back-off between; within deadline and attempts. @default 1 */
    readonly rounds?: number | undefined;
    /** Whether a conversation goes on at the endpoint that holds its prompt cache. @default true */
    readonly sticky?: boolean | undefined;
    /** How candidates are ordered where the request does not say. @default weighted by 1/price² among healthy ones */
    readonly strategy?: Strategy | undefined;
  };
  readonly billing?: {
    /** Output tokens reserved where the client names no limit, at most. @default 32768 */
    readonly maxReservedTokens?: number | undefined;
  };
  readonly cache?: {
    /** How long an answer serves again. @default 300000 */
    readonly ttlMs?: number | undefined;
    /** @default 67108864 (64 MiB) */
    readonly maxBytes?: number | undefined;
  };
  /** Requests and tokens a minute of each key, and of each account in `perAccount`: none unless set here. */
  readonly limits?: RateLimits & {
    /** Largest request body. @default 33554432 (32 MiB) */
    readonly maxBodyBytes?: number | undefined;
    /** Where rates are counted; several processes need a limiter that they share. @default in this process */
    readonly limiter?: PointLimiter | undefined;
    /** Whether requests pass unlimited while the limiter's store fails. @default false */
    readonly failOpen?: boolean | undefined;
  };
  /** Rates by request, in place of those in `limits`. @default the same for everybody */
  readonly rates?: RateLimitOptions['limits'];
  /** Routes that the app mounts beside the gateway's own, for `/openapi.json`. @default none */
  readonly openapi?: readonly ZodOpenApiPathsObject[] | undefined;
  /** Where failures are reported; never with prompts, completions or keys. @default Node's process warnings */
  readonly log?: Log | undefined;
}
