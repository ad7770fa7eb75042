import { errorResponder, principalSlot, type Log } from '@onerouter/core';
import { serve, type TestServer } from '@onerouter/core/testing';
import express, { type Express } from 'express';
import { bearerAuth } from './bearer-auth.ts';
import { callerSecret } from './caller-secret.ts';
import { hashKey, newApiKey } from './keys.ts';
import { memoryKeys } from './memory-keys.ts';
import { memorySessions } from './memory-sessions.ts';
import { sessionAuth } from './session-auth.ts';
import type { SessionStore } from './session-store.ts';
import { createSessions, type Sessions, type SessionsOptions } from './sessions.ts';
import { keyRecord } from './testing/index.ts';

/** A server that signs browsers in when they ask, and says who calls. */
export interface SessionScene extends TestServer {
  readonly sessions: Sessions;
  readonly store: SessionStore;
  readonly apiKey: string;
  /** Accounts that exist, and whether they allow training. */
  readonly accounts: Map<string, boolean>;
  /** Signs in; what the browser would send from then on as `Cookie`, and the header that set it. */
  signIn(account?: string, headers?: Record<string, string>): Promise<{ cookie: string; setCookie: string }>;
  call(headers?: Record<string, string>, init?: RequestInit & { path?: string }): Promise<Response>;
}

export const silent: Log = { warn() {}, error() {} };

export async function sessionScene(
  options: Partial<SessionsOptions> = {},
  tune: (app: Express) => void = () => {},
): Promise<SessionScene> {
  const apiKey = newApiKey();
  const store = options.store ?? memorySessions();
  const sessions = createSessions({ store, ...options });
  const accounts = new Map([
    ['acc-ann', false],
    ['acc-bob', true],
  ]);
  const app = express();
  tune(app);
  app.post('/sign-in/:account', async (req, res) => {
    await sessions.start(req, res, req.params.account);
    res.json({});
  });
  app.post('/sign-out', async (req, res) => {
    res.json({ ended: await sessions.end(req, res) });
  });
  app.use(
    sessionAuth({
      sessions,
      log: silent,
      accounts: {
        async findAccount(id) {
          const allowTraining = accounts.get(id);
          return allowTraining === undefined ? undefined : { allowTraining };
        },
      },
    }),
  );
  app.use(
    bearerAuth({
      keys: memoryKeys([keyRecord({ hash: hashKey(apiKey) })]),
      kinds: ['api', 'session'],
      log: silent,
    }),
  );
  app.get('/secret', (req, res) => {
    res.send(callerSecret(req));
  });
  app.all('/', (req, res) => {
    res.json(principalSlot.get(req));
  });
  app.use(errorResponder({ log: silent }));
  const server = await serve(app);
  return {
    ...server,
    sessions,
    store,
    apiKey,
    accounts,
    async signIn(account = 'acc-ann', headers = {}) {
      const answer = await fetch(`${server.url}/sign-in/${account}`, { method: 'POST', headers });
      const setCookie = answer.headers.getSetCookie().at(-1) ?? '';
      return { setCookie, cookie: setCookie.split(';')[0] ?? '' };
    },
    call: (headers = {}, { path = '/', ...init } = {}) =>
      fetch(server.url + path, { redirect: 'manual', ...init, headers }),
  };
}
