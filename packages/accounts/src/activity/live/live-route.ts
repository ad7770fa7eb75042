import type { Sessions } from '@onerouter/auth';
import { principalSlot, STREAM_HEADERS } from '@onerouter/core';
import type { Request, RequestHandler } from 'express';
import type { AccountsAndKeys } from '../../account-store.ts';
import type { LiveActivity } from './live-activity.ts';

export interface LiveRouteOptions {
  readonly accounts: Pick<AccountsAndKeys, 'find'>;
  readonly sessions?: Pick<Sessions, 'find'> | undefined;
}

/** `GET /generations/live`: what settles, as it settles, and the balance, as server-sent events. */
export function liveRoute(live: LiveActivity, options: LiveRouteOptions): RequestHandler {
  return async function getLive(req, res) {
    if (req.method === 'HEAD') {
      res.set(STREAM_HEADERS).end();
      return;
    }
    const { accountId: account } = principalSlot.get(req);
    await live.join({ account, res, from: resumedFrom(req), allowed: () => isAllowed(req, options) });
  };
}

/** Where a browser that lost its connection goes on; anything else begins with what comes. */
function resumedFrom(req: Request): number | undefined {
  const id = req.headers['last-event-id'];
  return typeof id === 'string' && /^\d{1,15}$/.test(id) ? Number(id) : undefined;
}

async function isAllowed(req: Request, { accounts, sessions }: LiveRouteOptions): Promise<boolean> {
  const { kind, keyId, accountId } = principalSlot.get(req);
  if (kind === 'session') return sessions === undefined || (await sessions.find(req)) !== undefined;
  const key = await accounts.find(keyId);
  return (
    key?.accountId === accountId && !key.disabled && (key.expiresAt === null || key.expiresAt > Date.now())
  );
}
