import { requireKind, type Sessions } from '@onerouter/auth';
import type { Log, Principal } from '@onerouter/core';
import { Router, type Request } from 'express';
import type { AccountStore } from '../account-store.ts';
import type { ScryptCost } from '../passwords.ts';
import { storeFailures } from '../store-failures.ts';
import { takePrincipal } from '../take-principal.ts';
import { accountSettings } from './account-settings.ts';
import { createAttempts, type AttemptsOptions } from './attempts.ts';
import { changePassword } from './change-password.ts';
import { createCode } from './key-codes/create-code.ts';
import { noStore } from './no-store.ts';
import { createPasswordWork } from './password-work.ts';
import { sessionRoutes } from './session-routes.ts';
import type { TicketStore } from './ticket-store.ts';
import { createTickets } from './tickets.ts';

export interface AccountSettingsRoutesOptions extends AttemptsOptions {
  readonly accounts: AccountStore;
  readonly sessions: Sessions;
  readonly tickets: TicketStore;
  /** Called with a key's hash when its account's privacy toggle changes. @default nothing */
  readonly onKeyChange?: ((hash: string) => void) | undefined;
  /** Who calls. @default what `sessionAuth()` or `bearerAuth()` found */
  readonly principal?: ((req: Request) => Principal) | undefined;
  /** Cost of a password's hash. @default {@link DEFAULT_SCRYPT_COST} */
  readonly passwordCost?: ScryptCost | undefined;
  /** Where failures of the store are reported. @default process warnings */
  readonly log?: Log | undefined;
}

/**
 * What an account's owner sets: `/account`, `/account/password`, `/account/sessions`, and `POST /auth/codes`, by which an
 * app gets a key. Mount it behind `sessionAuth()` and `bearerAuth()` with `kinds` of `session` and `management`.
 */
export function accountSettingsRoutes(options: AccountSettingsRoutesOptions): Router {
  const { accounts, sessions, onKeyChange, log } = options;
  const router = Router();
  const person = requireKind('session');
  const password = changePassword({
    accounts,
    sessions,
    attempts: createAttempts(options),
    passwords: createPasswordWork(options.passwordCost),
  });
  router.use(['/account', '/auth/codes'], noStore(), takePrincipal(options.principal));
  router.use(accountSettings({ accounts, onKeyChange }));
  router.post('/account/password', person, password);
  router.use(sessionRoutes(sessions));
  router.post('/auth/codes', person, createCode(createTickets(options.tickets)));
  router.use(storeFailures(log ? { log } : {}));
  return router;
}
