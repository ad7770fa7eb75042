import { afterEach, describe, expect, it } from 'vitest';
import { PASSWORD, signInScene, type SignInScene } from './sign-in.scene.ts';

describe('signing up', () => {
  let scene: SignInScene;
  afterEach(() => scene.close());

  it('makes an account and signs it in', async () => {
    scene = await signInScene();
    const page = scene.browser();
    const made = await page.post('/auth/sign-up', { email: ' Ann@Example.com ', password: PASSWORD });
    expect(made.status).toBe(201);
    expect(made.headers.get('cache-control')).toBe('no-store');
    expect(made.data).toEqual({
      id: expect.stringMatching(/^acc-[0-9a-f]{24}$/) as unknown,
      email: 'ann@example.com',
      role: 'user',
      created_at: expect.stringMatching(/^20.*Z$/) as unknown,
      has_password: true,
      allow_training: false,
      identities: [],
      alerts: null,
    });
    expect((await page.get('/account')).data).toEqual(made.data);
    expect((await page.get('/whoami')).body).toMatchObject({ kind: 'session', accountId: made.data['id'] });
  });

  it('keeps a hash of the password, and believes no email yet', async () => {
    scene = await signInScene();
    await scene.person('ann');
    const account = await scene.accounts.findAccountByEmail('ann@example.com');
    expect(account?.passwordHash).toMatch(/^\$scrypt\$/);
    expect(account).toMatchObject({ emailVerified: false, role: 'user' });
  });

  it('gives an email to one of many who ask at once, and tells the others to sign in', async () => {
    scene = await signInScene();
    const tries = await Promise.all(
      Array.from({ length: 8 }, () =>
        scene.browser().post('/auth/sign-up', { email: 'ann@example.com', password: PASSWORD }),
      ),
    );
    expect(tries.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, ...Array(7).fill(409)]);
    const refused = tries.find(({ status }) => status === 409);
    expect(refused?.error).toMatchObject({ param: 'email', metadata: { reason: 'email_taken' } });
    expect(refused?.headers.getSetCookie()).toEqual([]);
  });

  it('refuses what is no email or a weak password, by name', async () => {
    scene = await signInScene();
    const page = scene.browser();
    const post = async (body: Record<string, unknown>): Promise<unknown[]> => {
      const { status, error } = await page.post('/auth/sign-up', body);
      return [status, error.param];
    };
    const email = 'ann@example.com';
    for (const odd of [
      '',
      'ann',
      'ann@',
      '@example.com',
      'a b@example.com',
      'ann@example.com\nbcc:x@y.z',
      7,
    ]) {
      expect(await post({ email: odd, password: PASSWORD })).toEqual([400, 'email']);
    }
    expect(await post({ email, password: '123456789' })).toEqual([400, 'password']);
    expect(await post({ email, password: 'x'.repeat(1025) })).toEqual([400, 'password']);
    expect(await post({ email, password: PASSWORD, role: 'operator' })).toEqual([400, null]);
    expect(await scene.accounts.listAccounts()).toEqual([]);
  });

  it('takes no letter that only looks like one of an email that is there', async () => {
    scene = await signInScene();
    await scene.person('mike');
    // The Kelvin sign becomes a k in lower case.
    const lookalike = await scene.browser().post('/auth/sign-up', {
      email: 'mi\u212Ae@example.com',
      password: PASSWORD,
    });
    expect(lookalike.status).toBe(400);
  });

  it('can be left to the operator', async () => {
    scene = await signInScene({ signUp: false });
    const refused = await scene.browser().post('/auth/sign-up', { email: 'a@b.cd', password: PASSWORD });
    expect([refused.status, refused.error.metadata['reason']]).toEqual([403, 'sign_up_closed']);
    expect((await scene.browser().get('/auth/methods')).data).toMatchObject({ sign_up: false });
  });

  it('says which ways in there are', async () => {
    scene = await signInScene({ withSender: false });
    expect((await scene.browser().get('/auth/methods')).data).toEqual({
      password: true,
      sign_up: true,
      reset: false,
      oauth: [],
    });
  });

  it('has a limit for each address', async () => {
    scene = await signInScene({ attempts: { sign_up: { perIp: 2 } } });
    const statusFrom = async (ip: string, name: string): Promise<number> => {
      const body = { email: `${name}@example.com`, password: PASSWORD };
      return (await scene.browser({ 'x-forwarded-for': ip }).post('/auth/sign-up', body)).status;
    };
    expect(await statusFrom('192.0.2.1', 'a')).toBe(201);
    expect(await statusFrom('192.0.2.1', 'b')).toBe(201);
    expect(await statusFrom('192.0.2.1', 'c')).toBe(429);
    expect(await statusFrom('192.0.2.2', 'c')).toBe(201);
    // Who has one address of an IPv6 network has all of it.
    expect(await statusFrom('2001:db8:0:1::1', 'd')).toBe(201);
    expect(await statusFrom('2001:db8:0:1:ffff::2', 'e')).toBe(201);
    expect(await statusFrom('2001:db8:0:1:abcd::3', 'f')).toBe(429);
    expect(await statusFrom('2001:db8:0:2::1', 'f')).toBe(201);
  });
});
