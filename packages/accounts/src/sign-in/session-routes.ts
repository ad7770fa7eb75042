import { requireKind, sessionSlot, type SessionRecord, type Sessions } from '@onerouter/auth';
import { GatewayError, principalSlot } from '@onerouter/core';
import { Router, type RequestHandler } from 'express';
import { z } from 'zod';

/** A session as its owner sees it. */
export const sessionShape: z.ZodType = z
  .object({
    id: z.string(),
    current: z.boolean().meta({ description: 'Whether it is the one that asks.' }),
    created_at: z.iso.datetime(),
    last_seen_at: z.iso.datetime(),
    expires_at: z.iso.datetime(),
    user_agent: z.string().nullable(),
  })
  .meta({ id: 'Session' });

/** `/account/sessions`: where an account is signed in, and how to end that. */
export function sessionRoutes(sessions: Sessions): Router {
  const router = Router();
  const person = requireKind('session');
  router.route('/account/sessions').get(person, listSessions(sessions)).delete(person, endSessions(sessions));
  router.delete('/account/sessions/:id', person, endSession(sessions));
  return router;
}

function listSessions(sessions: Sessions): RequestHandler {
  return async function listSessions(req, res) {
    const list = await sessions.list(principalSlot.get(req).accountId);
    const current = sessionSlot.peek(req)?.hash;
    res.json({ data: list.map((session) => writeSession(session, current)) });
  };
}

function endSession(sessions: Sessions): RequestHandler {
  return async function endSession(req, res) {
    const { id } = req.params;
    const { accountId } = principalSlot.get(req);
    const ended = typeof id === 'string' && (await sessions.endOne(accountId, id));
    if (!ended)
      throw new GatewayError('not_found', 'This account has no session with that id.', { param: 'id' });
    res.json({ data: { ended: 1 } });
  };
}

function endSessions(sessions: Sessions): RequestHandler {
  return async function endSessions(req, res) {
    const ended = await sessions.endAll(principalSlot.get(req).accountId);
    await sessions.end(req, res);
    res.json({ data: { ended } });
  };
}

function writeSession(session: SessionRecord, current: string | undefined): Record<string, unknown> {
  return {
    id: session.hash,
    current: session.hash === current,
    created_at: new Date(session.createdAt).toISOString(),
    last_seen_at: new Date(session.lastSeenAt).toISOString(),
    expires_at: new Date(session.expiresAt).toISOString(),
    user_agent: session.userAgent,
  };
}
