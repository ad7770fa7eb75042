import { errorResponder, GatewayError } from '@onerouter/core';
import express, { Router } from 'express';

export interface FakeSession {
  readonly id: string;
  readonly current: boolean;
  readonly created_at: string;
  readonly last_seen_at: string;
  readonly expires_at: string;
  readonly user_agent: string | null;
}

const LINUX =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1';

/** Settings of one account as the API has them, in memory. */
export class FakeSettings {
  profile: Record<string, unknown> = {
    id: 'acc-ann',
    email: 'ann@example.com',
    role: 'user',
    created_at: '2026-11-01T10:00:00.000Z',
    has_password: true,
    allow_training: false,
    identities: [{ provider: 'google' }],
    alerts: null,
  };
  sessions: FakeSession[] = [
    session('s1', true, LINUX),
    session('s2', false, PHONE),
    session('s3', false, null),
  ];
  /** What each route that changes something was sent. */
  readonly sent: unknown[] = [];

  routes(): Router {
    const router = Router();
    router.use('/account', express.json(), (req, _res, next) => {
      if (req.method !== 'GET')
        this.sent.push({ method: req.method, path: req.path, body: req.body as unknown });
      next();
    });
    router.get('/account', (req, res) => {
      if (!(req.get('cookie') ?? '').includes('onerouter_session=')) {
        throw new GatewayError('authentication', 'Sign in first.');
      }
      res.json({ data: this.profile });
    });
    router.patch('/account', (req, res) => {
      this.profile = { ...this.profile, ...(req.body as object) };
      res.json({ data: this.profile });
    });
    router.post('/account/password', (req, res) => {
      const { current_password: current } = req.body as { current_password?: string };
      if (this.profile['has_password'] === true && current !== 'correct horse') {
        throw new GatewayError('permission_denied', 'The current password is wrong.', {
          param: 'current_password',
        });
      }
      this.profile = { ...this.profile, has_password: true };
      this.sessions = this.sessions.filter(({ current: mine }) => mine);
      res.json({ data: this.profile });
    });
    router.get('/account/sessions', (_req, res) => void res.json({ data: this.sessions }));
    router.delete('/account/sessions', (_req, res) => {
      const ended = this.sessions.length;
      this.sessions = [];
      res.clearCookie('onerouter_session').json({ data: { ended } });
    });
    router.delete('/account/sessions/:id', (req, res) => {
      this.sessions = this.sessions.filter(({ id }) => id !== req.params.id);
      res.json({ data: { ended: 1 } });
    });
    router.use(errorResponder());
    return router;
  }
}

function session(id: string, current: boolean, userAgent: string | null): FakeSession {
  return {
    id,
    current,
    created_at: '2026-11-12T08:00:00.000Z',
    last_seen_at: '2026-11-20T09:30:00.000Z',
    expires_at: '2026-12-12T08:00:00.000Z',
    user_agent: userAgent,
  };
}
