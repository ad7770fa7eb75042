import type { Sender, SignInRoutesOptions } from '@onerouter/accounts';
import type { SessionsOptions } from '@onerouter/auth';
import type { Nanos } from '@onerouter/core';
import type { Router } from 'express';
import type { ZodOpenApiPathsObject } from 'zod-openapi';

/** Credits for sale. `stripeCredits()` of `@onerouter/billing/stripe` makes them. */
export interface CreditSales {
  /** `/credits/…`. */
  readonly routes: Router;
  /** Their description. */
  readonly paths: ZodOpenApiPathsObject;
  readonly autoTopUp: {
    onBalance(account: string, available: Nanos): void;
    start(): void;
    stop(): Promise<void>;
  };
}

/** How people, rather than programs, use the gateway. */
export interface PeopleOptions {
  /** Address of this server as browsers know it. Needed for `sender` and `oauth`. */
  readonly publicUrl?: string | undefined;
  /** Whether people may make accounts by themselves. @default true */
  readonly signUp?: boolean | undefined;
  /** Services that vouch for people. @default none */
  readonly oauth?: SignInRoutesOptions['oauth'];
  /** Delivers e-mail: links for new passwords, alerts. @default none is sent */
  readonly sender?: Sender | undefined;
  /**
   * How credits are bought: `stripeCredits()`. Its webhook is the caller's to mount, at the root.
   *
   * @default they cannot be bought
   */
  readonly payments?: CreditSales | undefined;
  readonly alerts?:
    | {
        /** Whether alerts may go to webhooks in the private network of this server. @default false */
        readonly allowPrivateWebhooks?: boolean | undefined;
      }
    | undefined;
  /** How long sessions last, and their cookie. @default `createSessions()`'s defaults */
  readonly sessions?: Omit<SessionsOptions, 'store'> | undefined;
  /** Counts attempts to sign in; several processes need one that they share. @default in this process */
  readonly limiter?: SignInRoutesOptions['limiter'];
}
