import { activityRoutes } from '@onerouter/accounts';
import {
  bearerAuth,
  createSessions,
  hashKey,
  KeyCache,
  keyLabel,
  newApiKey,
  sessionAuth,
} from '@onerouter/auth';
import { errorResponder } from '@onerouter/core';
import { Router } from 'express';
import { openRealPages, type RealPages, type RealPagesOptions } from './real-pages.ts';

/** The pages, with an API key of Ann's. */
export interface UsagePages extends RealPages {
  readonly key: string;
  readonly keyId: string;
  /** Creates another key, and returns its id. */
  newKey(name: string): Promise<string>;
}

export async function openUsagePages(options: RealPagesOptions = {}): Promise<UsagePages> {
  const late = Router();
  if (options.before) late.use(options.before);
  const pages = await openRealPages({ ...options, before: late });
  const { store, ann } = pages;
  const sessions = createSessions({ store: store.sessions });
  const session = sessionAuth({ sessions, accounts: store.accounts });
  const bearer = bearerAuth({ keys: new KeyCache(store.keys), kinds: ['session', 'management'] });
  const routes = activityRoutes({ ...store, sessions, live: { pollMs: 50 } });
  const paths = ['/activity', '/activity.csv', '/generations'];
  late.use('/api/v1', Router().use(paths, session, bearer), routes, errorResponder());

  const make = async (key: string, name: string): Promise<string> => {
    const { hash } = await store.accounts.createKey({
      hash: hashKey(key),
      kind: 'api',
      accountId: ann.id,
      name,
      label: keyLabel(key),
      disabled: false,
      limit: null,
      limitReset: null,
      expiresAt: null,
      createdAt: Date.now(),
      updatedAt: null,
    });
    return hash;
  };
  const key = newApiKey();
  return {
    ...pages,
    key,
    keyId: await make(key, 'Laptop'),
    newKey: (name) => make(newApiKey(), name),
    close: async () => {
      routes.close();
      await pages.close();
    },
  };
}
