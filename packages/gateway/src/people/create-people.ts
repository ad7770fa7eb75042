import {
  accountSettingsPaths,
  accountSettingsRoutes,
  activityPaths,
  activityRoutes,
  creditPaths,
  creditRoutes,
  noPaymentPaths,
  operatorPaths,
  operatorRoutes,
  signInPaths,
  signInRoutes,
  type ActivityRoutes,
  type ProviderHealthReport,
} from '@onerouter/accounts';
import { createSessions, sessionAuth, type KeyCache } from '@onerouter/auth';
import type { Log } from '@onerouter/core';
import { Router, type RequestHandler } from 'express';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { whoCalls } from '../who-calls.ts';
import type { PeopleOptions } from './options.ts';
import type { PeopleStore } from './people-store.ts';
import { watchBalances } from './watchers.ts';

/** The people's side of a gateway. */
export interface People {
  /** Recognises people by their session. */
  readonly session: RequestHandler;
  /** To be mounted in front of the gateway's own routes: sign-in, account, activity, credits. Falls through for others. */
  readonly routes: Router;
  /** Their description. */
  readonly paths: readonly ZodOpenApiPathsObject[];
  /** Ends what pages keep open, and what watches balances. Safe to call again. */
  close(): Promise<void>;
}

export interface CreatePeopleOptions {
  readonly options: PeopleOptions;
  readonly store: PeopleStore;
  readonly keys: KeyCache;
  /** How the providers fare. */
  readonly providers: () => readonly ProviderHealthReport[];
  readonly log: Log;
}

/** What {@link whoCalls} guards here; each route then says for which kinds of caller it is. */
const OWNED = [
  '/account',
  '/auth/codes',
  '/activity',
  '/activity.csv',
  '/generations',
  '/credits',
  '/operator',
];

/**
 * Puts together what people need beside models: to sign in, to see and to pay.
 *
 * @throws {TypeError} when `sender` or `oauth` lack a `publicUrl`
 */
export function createPeople({ options, store, keys, providers, log }: CreatePeopleOptions): People {
  const { accounts, tickets, ledger, generations, rollups } = store;
  const sessions = createSessions({
    // A proxy may end TLS without being trusted to say so; the address that browsers use says it too.
    ...(options.publicUrl?.startsWith('https:') && { secure: true }),
    ...options.sessions,
    store: store.sessions,
  });
  const session = sessionAuth({ sessions, accounts, log });
  const onKeyChange = (hash: string): void => keys.invalidate(hash);
  const activity: ActivityRoutes = activityRoutes({ generations, rollups, accounts, ledger, sessions, log });
  const { payments, publicUrl, signUp, oauth, sender, limiter } = options;

  const routes = Router();
  routes.use(
    signInRoutes({
      accounts,
      sessions,
      tickets,
      publicUrl,
      signUp,
      oauth,
      sender,
      limiter,
      onKeyChange,
      log,
    }),
  );
  routes.use(OWNED, whoCalls({ keys, session, log, kinds: ['api', 'management'] }));
  routes.use(accountSettingsRoutes({ accounts, sessions, tickets, limiter, onKeyChange, log }));
  routes.use(activity);
  routes.use(creditRoutes({ ledger, log, withoutPayments: payments === undefined }));
  if (payments) routes.use(payments.routes);
  routes.use(operatorRoutes({ accounts, ledger, rollups, providers, log }));

  const watchers = watchBalances(options, store, log);
  let closing: Promise<void> | undefined;
  return {
    session,
    routes,
    paths: [
      signInPaths,
      accountSettingsPaths,
      activityPaths,
      creditPaths,
      payments?.paths ?? noPaymentPaths,
      operatorPaths,
    ],
    close() {
      closing ??= watchers.close();
      activity.close();
      return closing;
    },
  };
}
