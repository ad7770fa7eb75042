import { bearerAuth, createSessions, KeyCache, memorySessions, sessionAuth } from '@onerouter/auth';
import { errorResponder, principalSlot, type Log } from '@onerouter/core';
import { serve, type TestServer } from '@onerouter/core/testing';
import express from 'express';
import type { AccountsAndKeys } from '../account-store.ts';
import { memoryAccounts } from '../memory-accounts.ts';
import { accountSettingsRoutes } from './account-settings-routes.ts';
import { Browser } from './browser.scene.ts';
import { memoryTickets } from './memory-tickets.ts';
import type { Message } from './sender.ts';
import { signInRoutes, type SignInRoutesOptions } from './sign-in-routes.ts';

export const PASSWORD = 'correct horse battery';

/** A server with all ways in, on stores in memory. */
export interface SignInScene extends TestServer {
  readonly accounts: AccountsAndKeys;
  /** What was sent by email. */
  readonly letters: readonly Message[];
  /** Moves the clock of sessions and single-use secrets. */
  advance(ms: number): void;
  /** A browser that nobody is signed in with. */
  browser(headers?: Record<string, string>): Browser;
  /** A browser of somebody who has just signed up as `<name>@example.com`. */
  person(name: string): Promise<Browser>;
  /** Resolves with the n-th letter, once it is sent. */
  letter(n: number): Promise<Message>;
}

const silent: Log = { warn() {}, error() {} };
/** Real hashes take half a second each. */
const CHEAP = { logN: 4, r: 8, p: 1 };

export async function signInScene(
  options: Partial<SignInRoutesOptions> & { readonly withSender?: boolean } = {},
): Promise<SignInScene> {
  const { withSender = true, ...routes } = options;
  const accounts = options.accounts ? (options.accounts as AccountsAndKeys) : memoryAccounts();
  const letters: Message[] = [];
  let skipped = 0;
  const now = (): number => Date.now() + skipped;
  const sessions = createSessions({ store: memorySessions(), now });
  const keys = new KeyCache(accounts);
  const common = {
    accounts,
    sessions,
    tickets: memoryTickets(now),
    passwordCost: CHEAP,
    log: silent,
    onKeyChange: (hash: string) => keys.invalidate(hash),
  };
  const arrived = new Map<number, (message: Message) => void>();
  const sender = {
    async send(message: Message): Promise<void> {
      letters.push(message);
      arrived.get(letters.length)?.(message);
    },
  };
  const app = express();
  app.set('trust proxy', true);
  app.use(
    ['/v1', '/api/v1'],
    sessionAuth({ sessions, accounts, log: silent }),
    signInRoutes({
      ...common,
      now,
      publicUrl: 'https://router.example.com',
      ...(withSender && { sender }),
      ...routes,
    }),
    bearerAuth({ keys, kinds: ['api', 'management', 'session'], log: silent }),
    accountSettingsRoutes({ ...common, ...routes }),
    express.Router().get('/whoami', (req, res) => {
      const { kind, accountId, allowTraining } = principalSlot.get(req);
      res.json({ kind, accountId, allowTraining });
    }),
  );
  app.use(errorResponder({ log: silent }));
  const server = await serve(app);
  const browser: SignInScene['browser'] = (headers) => new Browser(`${server.url}/api/v1`, headers);
  return {
    ...server,
    accounts,
    letters,
    browser,
    advance(ms) {
      skipped += ms;
    },
    async person(name) {
      const page = browser();
      await page.post('/auth/sign-up', { email: `${name}@example.com`, password: PASSWORD });
      return page;
    },
    letter: (n) =>
      new Promise((resolve) => {
        const there = letters[n - 1];
        if (there) resolve(there);
        else arrived.set(n, resolve);
      }),
  };
}
