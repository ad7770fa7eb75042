import { serve, type TestServer } from '@onerouter/core/testing';
import express from 'express';
import { createHash, randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** Who is signed in at the service, as it knows them. */
export interface FakePerson {
  id: number;
  email: string;
  verified: boolean;
}

/** A service on loopback that vouches for people: GitHub and Google at once. */
export interface FakeService extends TestServer {
  person: FakePerson;
  /** What the next ID tokens say instead of the truth. */
  claims: Record<string, unknown>;
  /** Whether the person says no. */
  denies: boolean;
  /** Whether its API is out of order. */
  broken: boolean;
  /** Parameters of the authorization requests that it saw. */
  readonly asked: readonly URLSearchParams[];
}

const CLIENT = { id: 'our-client', secret: 'our-secret' };
export const OUR_CLIENT = { clientId: CLIENT.id, clientSecret: CLIENT.secret };

interface Granted {
  readonly query: URLSearchParams;
  readonly person: FakePerson;
}

export async function fakeService(): Promise<FakeService> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const codes = new Map<string, Granted>();
  const tokens = new Map<string, FakePerson>();
  const asked: URLSearchParams[] = [];
  const app = express();
  app.get('/authorize', (req, res) => {
    const query = new URL(req.originalUrl, 'http://x').searchParams;
    asked.push(query);
    const back = new URL(query.get('redirect_uri') ?? '');
    back.searchParams.set('state', query.get('state') ?? '');
    const code = randomBytes(8).toString('hex');
    if (service.denies) back.searchParams.set('error', 'access_denied');
    else {
      back.searchParams.set('code', code);
      codes.set(code, { query, person: { ...service.person } });
    }
    res.redirect(302, back.href);
  });
  app.post('/token', express.urlencoded(), async (req, res) => {
    const form = req.body as Record<string, string>;
    const granted = codes.get(form['code'] ?? '');
    codes.delete(form['code'] ?? '');
    const challenge = createHash('sha256')
      .update(form['code_verifier'] ?? '')
      .digest('base64url');
    const right =
      granted?.query.get('code_challenge') === challenge &&
      granted.query.get('redirect_uri') === form['redirect_uri'] &&
      form['client_id'] === CLIENT.id &&
      form['client_secret'] === CLIENT.secret;
    if (!right) {
      res.status(400).json({ error: 'invalid_grant' });
      return;
    }
    const token = randomBytes(8).toString('hex');
    tokens.set(token, granted.person);
    res.json({
      access_token: token,
      token_type: 'bearer',
      ...(granted.query.get('scope')?.includes('openid') && { id_token: await idToken(granted) }),
    });
  });
  app.get(['/user', '/user/emails'], (req, res) => {
    const person = tokens.get(req.headers.authorization?.replace(/^bearer /i, '') ?? '');
    if (!person || service.broken) {
      res.status(service.broken ? 500 : 401).json({});
      return;
    }
    const { id, email, verified } = person;
    const emails = [
      { email: 'old@example.com', primary: false, verified: true },
      { email, primary: true, verified },
    ];
    res.json(req.path === '/user' ? { id, login: 'octocat', email: 'public@example.com' } : emails);
  });
  const idToken = ({ query, person }: Granted): Promise<string> =>
    new SignJWT({
      iss: server.url,
      aud: CLIENT.id,
      sub: String(person.id),
      nonce: query.get('nonce'),
      email: person.email,
      email_verified: person.verified,
      ...service.claims,
    })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuedAt()
      .setExpirationTime(service.claims['exp'] === 1 ? 1 : '5 minutes')
      .sign(privateKey);
  app.get('/jwks', async (_req, res) => void res.json({ keys: [await exportJWK(publicKey)] }));
  const server = await serve(app);
  const person: FakePerson = { id: 583_231, email: 'ann@example.com', verified: true };
  const service: FakeService = { ...server, person, claims: {}, denies: false, broken: false, asked };
  return service;
}
