import { GatewayError } from '@onerouter/core';
import express, { Router, type Request } from 'express';

interface Person {
  readonly email: string;
  readonly password: string;
  readonly role: 'user' | 'operator';
}

const COOKIE = 'fake_session';

/** Accounts and sessions as the API has them, in memory: enough to walk through the pages. */
export class FakePeople {
  readonly people: Map<string, Person> = new Map();
  /** What `/auth/codes` was asked for. */
  readonly codes: unknown[] = [];

  add(email: string, password: string, role: Person['role'] = 'user'): void {
    this.people.set(email, { email, password, role });
  }

  /** @throws {GatewayError} 401 when nobody is signed in */
  who(req: Request): Person {
    const cookie = new RegExp(`${COOKIE}=([^;]+)`).exec(req.get('cookie') ?? '')?.[1];
    const person = cookie === undefined ? undefined : this.people.get(decodeURIComponent(cookie));
    if (!person) throw new GatewayError('authentication', 'Sign in first.');
    return person;
  }

  routes(): Router {
    const router = Router();
    router.use(express.json());
    router.get('/auth/methods', (_req, res) => {
      res.json({ data: { password: true, sign_up: true, oauth: ['github'] } });
    });
    router.post('/auth/sign-up', (req, res) => {
      const { email, password } = req.body as Person;
      if (this.people.has(email)) {
        throw new GatewayError('conflict', 'There is an account with this e-mail already. Sign in instead.', {
          param: 'email',
        });
      }
      this.add(email, password);
      res
        .status(201)
        .cookie(COOKIE, email)
        .json({ data: profile(email, 'user') });
    });
    router.post('/auth/sign-in', (req, res) => {
      const { email, password } = req.body as Person;
      const person = this.people.get(email);
      if (person?.password !== password) {
        throw new GatewayError('authentication', 'E-mail or password is wrong.');
      }
      res.cookie(COOKIE, email).json({ data: profile(email, person.role) });
    });
    router.post('/auth/sign-out', (_req, res) => {
      res.clearCookie(COOKIE).json({ data: { signed_out: true } });
    });
    router.post('/auth/password/forgot', (_req, res) => {
      res.json({ data: { sent: true } });
    });
    router.post('/auth/password/reset', (req, res) => {
      const { token } = req.body as { token: string };
      if (token !== 'good') throw new GatewayError('permission_denied', 'This link has expired or was used.');
      res.json({ data: { reset: true } });
    });
    router.post('/auth/codes', (req, res) => {
      this.who(req);
      const asked = req.body as { callback_url?: string };
      this.codes.push(asked);
      const redirect = asked.callback_url === undefined ? null : `${asked.callback_url}?code=auth_code_1`;
      res.json({ data: { id: 'auth_code_1', redirect_url: redirect } });
    });
    router.get('/account', (req, res) => {
      const { email, role } = this.who(req);
      res.json({ data: profile(email, role) });
    });
    return router;
  }
}

function profile(email: string, role: Person['role']): Readonly<Record<string, unknown>> {
  return {
    id: `acct-${email}`,
    email,
    role,
    created_at: '2026-11-01T10:00:00.000Z',
    has_password: true,
    allow_training: false,
    identities: [],
    alerts: null,
  };
}
