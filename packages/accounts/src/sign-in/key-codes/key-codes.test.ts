import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, Browser } from '../browser.scene.ts';
import { signInScene, type SignInScene } from '../sign-in.scene.ts';
import { CODE_TTL_MS } from './create-code.ts';

const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
// From RFC 7636, appendix B.
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const S256 = { code_challenge: CHALLENGE, code_challenge_method: 'S256' };

describe('a code that an app changes for a key', () => {
  let scene: SignInScene;
  let ann: Browser;
  beforeEach(async () => {
    scene = await signInScene();
    ann = await scene.person('ann');
  });
  afterEach(() => scene.close());
  const ask = (body: unknown): Promise<Answer> => ann.post('/auth/codes', body);
  const codeFor = async (body: unknown): Promise<string> => String((await ask(body)).data['id']);
  const statusOf = async (callback_url: string): Promise<number> => (await ask({ callback_url })).status;
  /** As an app calls, in a page of its own. */
  const exchange = (body: unknown): Promise<Answer> => {
    const app = scene.browser({ 'sec-fetch-site': 'cross-site', origin: 'https://app.example' });
    return app.post('/auth/keys', body);
  };

  it('makes a key of the account of who agreed, once', async () => {
    const limits = { limit: 2.5, usage_limit_type: 'monthly', expires_at: '2099-01-01T00:00:00Z' };
    const made = await ask({ ...S256, ...limits, callback_url: 'https://app.example/back?state=1' });
    expect(made.data).toEqual({
      id: expect.stringMatching(/^[\w-]{43}$/) as unknown,
      redirect_url: `https://app.example/back?state=1&code=${String(made.data['id'])}`,
      app_id: null,
      created_at: expect.stringMatching(/^20.*Z$/) as unknown,
    });
    const body = { code: made.data['id'], code_verifier: VERIFIER, code_challenge_method: 'S256' };
    const given = await exchange(body);
    const account = await scene.accounts.findAccountByEmail('ann@example.com');
    expect(given.body).toEqual({
      key: expect.stringMatching(/^sk-or-v1-[0-9a-f]{64}$/) as unknown,
      user_id: account?.id,
    });
    expect(given.headers.get('cache-control')).toBe('no-store');
    const keys = await scene.accounts.listKeys(account?.id ?? '');
    expect(keys).toMatchObject([
      { kind: 'api', name: 'app.example', limit: 2_500_000_000n, limitReset: 'monthly', disabled: false },
    ]);
    expect(keys[0]?.expiresAt).toBe(Date.parse('2099-01-01T00:00:00Z'));
    const caller = scene.browser({ authorization: `Bearer ${String(given.body['key'])}` });
    expect((await caller.get('/whoami')).body).toMatchObject({ kind: 'api', accountId: account?.id });
    expect((await exchange(body)).status).toBe(403);
    expect(await scene.accounts.listKeys(account?.id ?? '')).toHaveLength(1);
  });

  it('gives one key to many who show it at once', async () => {
    const code = await codeFor(S256);
    const tries = await Promise.all(
      Array.from({ length: 10 }, () => exchange({ code, code_verifier: VERIFIER })),
    );
    expect(tries.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(tries.filter(({ status }) => status === 403)).toHaveLength(9);
  });

  it('needs its verifier, and is used up by a wrong one', async () => {
    for (const wrong of [{}, { code_verifier: `${VERIFIER}x` }, { code_verifier: CHALLENGE }]) {
      const code = await codeFor(S256);
      expect((await exchange({ code, ...wrong })).status).toBe(403);
      expect((await exchange({ code, code_verifier: VERIFIER })).status).toBe(403);
    }
  });

  it('takes the verifier itself where the method is plain, which is also what no method means', async () => {
    const plain = { code_challenge: VERIFIER, code_challenge_method: 'plain' };
    const given = { code_verifier: VERIFIER, code_challenge_method: 'plain' };
    expect((await exchange({ code: await codeFor(plain), ...given })).status).toBe(200);
    const code = await codeFor({ code_challenge: VERIFIER });
    expect((await exchange({ code, code_verifier: VERIFIER })).status).toBe(200);
    expect((await exchange({ code: await codeFor(plain), code_verifier: CHALLENGE })).status).toBe(403);
  });

  it('takes a challenge in either base64', async () => {
    const verifier = 'a verifier whose hash has both + and / in it 6';
    const challenge = createHash('sha256').update(verifier).digest('base64');
    expect(challenge).toMatch(/\+.*\/.*=$/);
    const code = await codeFor({ code_challenge: challenge, code_challenge_method: 'S256' });
    expect((await exchange({ code, code_verifier: verifier })).status).toBe(200);
  });

  it('refuses methods that it does not know, or that are not the ones it was made with', async () => {
    const unknown = await ask({ ...S256, code_challenge_method: 'S512' });
    expect([unknown.status, unknown.error.param]).toEqual([400, 'code_challenge_method']);
    for (const method of ['S512', 'plain']) {
      const code = await codeFor(S256);
      const answer = await exchange({ code, code_verifier: VERIFIER, code_challenge_method: method });
      expect([answer.status, answer.error.param]).toEqual([400, 'code_challenge_method']);
    }
  });

  it('is good for ten minutes', async () => {
    const [early, late] = [await codeFor(S256), await codeFor(S256)];
    scene.advance(CODE_TTL_MS - 1_000);
    expect((await exchange({ code: early, code_verifier: VERIFIER })).status).toBe(200);
    scene.advance(1_000);
    expect((await exchange({ code: late, code_verifier: VERIFIER })).status).toBe(403);
  });

  it('goes without a challenge only to a page of the app', async () => {
    const bare = await ask({});
    expect([bare.status, bare.error.param]).toEqual([400, 'code_challenge']);
    const code = await codeFor({ callback_url: 'https://app.example/back' });
    expect((await exchange({ code })).status).toBe(200);
    // A verifier for a code without a challenge: somebody took the challenge away.
    const stripped = await codeFor({ callback_url: 'https://app.example/back' });
    expect((await exchange({ code: stripped, code_verifier: VERIFIER })).status).toBe(403);
    expect((await ask(S256)).data['redirect_url']).toBeNull();
  });

  it('is sent to https, or to this machine, and nowhere else', async () => {
    for (const good of [
      'https://app.example:3000/x',
      'http://localhost:8000/',
      'http://127.0.0.1:1/',
      'http://[::1]:1/',
    ]) {
      expect([good, await statusOf(good)]).toEqual([good, 200]);
    }
    const bad = [
      'http://app.example/',
      'http://localhost.evil.example/',
      'http://127.0.0.1@evil.example/',
      'https://me:secret@app.example/',
      'https://app.example/#fragment',
      'javascript:alert(1)',
      'data:text/html,x',
      '//app.example',
      '/back',
      'app://back',
      '',
    ];
    for (const url of bad) expect([url, await statusOf(url)]).toEqual([url, 400]);
  });

  it('is asked for by a person on our own pages only', async () => {
    const foreign = await ann.post('/auth/codes', S256, { 'sec-fetch-site': 'cross-site' });
    expect(foreign.status).toBe(403);
    expect((await scene.browser().post('/auth/codes', S256)).status).toBe(401);
  });

  it('can be changed by a page of any origin, which is asked for no cookie', async () => {
    const app = scene.browser({ origin: 'https://app.example' });
    const asked = await app.send('OPTIONS', '/auth/keys', undefined, {
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    });
    expect(asked.headers.get('access-control-allow-origin')).toBe('*');
    expect(asked.headers.get('access-control-allow-credentials')).toBeNull();
    const refused = await exchange({ code: 'x' });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, '*']);
    const methods = await app.get('/auth/methods');
    expect(methods.headers.get('access-control-allow-origin')).toBeNull();
  });
});
