import { afterEach, describe, expect, it } from 'vitest';
import { signInRoutes } from '../sign-in-routes.ts';
import { OUR_CLIENT } from './fake-service.scene.ts';
import { OAUTH_TTL_MS } from './oauth-routes.ts';
import { oauthScene, type OAuthScene } from './oauth.scene.ts';

describe.each(['github', 'google'])('signing in through %s', (provider) => {
  let scene: OAuthScene;
  afterEach(() => scene.close());

  it('makes an account at first, and opens it from then on', async () => {
    scene = await oauthScene();
    const page = scene.ours.browser();
    const { answer, to } = await scene.signIn(page, provider, '/chat?model=x');
    expect([answer.status, to]).toEqual([302, '/chat?model=x']);
    const profile = (await page.get('/account')).data;
    expect(profile).toMatchObject({
      email: 'ann@example.com',
      has_password: false,
      identities: [{ provider }],
    });
    // The email may change at the service; the person stays.
    scene.service.person.email = 'new@example.com';
    const later = scene.ours.browser();
    await scene.signIn(later, provider);
    expect((await later.get('/account')).data).toEqual(profile);
    expect(await scene.ours.accounts.listAccounts()).toHaveLength(1);
  });

  it('asks with state and a challenge, and for no more than it needs', async () => {
    scene = await oauthScene();
    await scene.signIn(scene.ours.browser(), provider);
    const [asked] = scene.service.asked;
    expect(Object.fromEntries(asked ?? [])).toMatchObject({
      response_type: 'code',
      client_id: OUR_CLIENT.clientId,
      redirect_uri: `http://router.example.com/api/v1/auth/oauth/${provider}/callback`,
      state: expect.stringMatching(/^[\w-]{43}$/) as unknown,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/) as unknown,
      code_challenge_method: 'S256',
      scope: provider === 'github' ? 'read:user user:email' : 'openid email',
    });
    expect(asked?.toString()).not.toContain(OUR_CLIENT.clientSecret);
  });

  it('begins a new session, and leaves nothing of the way behind', async () => {
    scene = await oauthScene();
    const page = scene.ours.browser();
    page.cookies.set('onerouter_session', 'planted');
    await scene.signIn(page, provider);
    expect([...page.cookies.keys()]).toEqual(['onerouter_session']);
    expect(page.cookies.get('onerouter_session')).not.toBe('planted');
  });

  it('ends in no other browser than it began in', async () => {
    scene = await oauthScene();
    const [mallory, victim] = [scene.ours.browser(), scene.ours.browser()];
    const address = await scene.comeBack(mallory, provider);
    expect((await scene.finish(victim, address)).to).toBe('/sign-in?error=oauth_expired');
    expect((await victim.get('/account')).status).toBe(401);
    // Also when the victim is on the way itself.
    const again = await scene.comeBack(mallory, provider);
    await scene.comeBack(victim, provider);
    expect((await scene.finish(victim, again)).to).toBe('/sign-in?error=oauth_expired');
    expect((await victim.get('/account')).status).toBe(401);
  });

  it('takes each way once, in time, and only as it was begun', async () => {
    scene = await oauthScene();
    const page = scene.ours.browser();
    const begin = async (): Promise<URL> => new URL(await scene.comeBack(page, provider));
    const finish = async (url: URL): Promise<string | null> => (await scene.finish(page, url.href)).to;
    const used = await begin();
    const cookies = new Map(page.cookies);
    expect(await finish(used)).toBe('/chat');
    for (const [name, value] of cookies) page.cookies.set(name, value);
    expect(await finish(used)).toBe('/sign-in?error=oauth_expired');
    for (const state of ['', 'guess', 'A'.repeat(43)]) {
      const forged = await begin();
      forged.searchParams.set('state', state);
      expect(await finish(forged)).toBe('/sign-in?error=oauth_expired');
    }
    const swapped = await begin();
    swapped.pathname = swapped.pathname.replace(provider, provider === 'github' ? 'google' : 'github');
    expect(await finish(swapped)).toBe('/sign-in?error=oauth_expired');
    const guessed = await begin();
    guessed.searchParams.set('code', 'guess');
    expect(await finish(guessed)).toBe('/sign-in?error=oauth_failed');
    const late = await begin();
    scene.ours.advance(OAUTH_TTL_MS);
    expect(await finish(late)).toBe('/sign-in?error=oauth_expired');
  });

  it('says so when the person says no, or has no verified email', async () => {
    scene = await oauthScene();
    scene.service.denies = true;
    expect((await scene.signIn(scene.ours.browser(), provider)).to).toBe('/sign-in?error=oauth_denied');
    scene.service.denies = false;
    scene.service.person.verified = false;
    const refused = await scene.signIn(scene.ours.browser(), provider);
    expect(refused.to).toBe('/sign-in?error=oauth_unverified_email');
    expect(await scene.ours.accounts.listAccounts()).toEqual([]);
  });

  it('makes no account where people cannot sign up', async () => {
    scene = await oauthScene({ signUp: false });
    const refused = await scene.signIn(scene.ours.browser(), provider);
    expect(refused.to).toBe('/sign-in?error=oauth_sign_up_closed');
    expect(await scene.ours.accounts.listAccounts()).toEqual([]);
  });

  it('returns to no other server', async () => {
    scene = await oauthScene();
    for (const evil of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      '/.//evil.example',
    ]) {
      const path = `/auth/oauth/${provider}?return_to=${encodeURIComponent(evil)}`;
      const { status, error } = await scene.ours.browser().get(path);
      expect([status, error.param]).toEqual([400, 'return_to']);
    }
    expect(scene.service.asked).toEqual([]);
  });
});

describe('services that vouch for people', () => {
  let scene: OAuthScene | undefined;
  afterEach(() => scene?.close());

  it('are named, and no others lead anywhere', async () => {
    scene = await oauthScene();
    expect((await scene.ours.browser().get('/auth/methods')).data['oauth']).toEqual(['github', 'google']);
    for (const path of [
      '/auth/oauth/gitlab',
      '/auth/oauth/__proto__',
      '/auth/oauth/gitlab/callback?state=x',
    ]) {
      expect((await scene.ours.browser().get(path)).status).toBe(404);
    }
  });

  it('bind the way to the browser by a cookie that other sites and scripts cannot reach', async () => {
    scene = await oauthScene({ publicUrl: 'https://router.example.com' });
    const begun = await scene.ours.browser().get('/auth/oauth/github');
    expect(begun.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-onerouter_oauth=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ]);
    expect(begun.headers.get('cache-control')).toBe('no-store');
  });

  it('are believed only what is meant for us, and now', async () => {
    scene = await oauthScene();
    const lies = [
      { aud: 'another-client' },
      { iss: 'https://evil.example' },
      { nonce: 'another' },
      { exp: 1 },
    ];
    for (const claims of lies) {
      scene.service.claims = claims;
      const refused = await scene.signIn(scene.ours.browser(), 'google');
      expect(refused.to).toBe('/sign-in?error=oauth_failed');
    }
    scene.service.claims = { email_verified: 'true' };
    const refused = await scene.signIn(scene.ours.browser(), 'google');
    expect(refused.to).toBe('/sign-in?error=oauth_unverified_email');
    scene.service.broken = true;
    expect((await scene.signIn(scene.ours.browser(), 'github')).to).toBe('/sign-in?error=oauth_failed');
    expect(await scene.ours.accounts.listAccounts()).toEqual([]);
  });

  it('need TLS, and the address of this server', () => {
    const parts = {} as Parameters<typeof signInRoutes>[0];
    const github = { ...OUR_CLIENT, endpoints: { token: 'http://github.example/token' } };
    expect(() => signInRoutes({ ...parts, oauth: { github }, publicUrl: 'https://x.example' })).toThrow(
      /https/,
    );
    expect(() => signInRoutes({ ...parts, oauth: { google: OUR_CLIENT } })).toThrow(/publicUrl is missing/);
    expect(() => signInRoutes({ ...parts, oauth: { google: OUR_CLIENT }, publicUrl: 'x.example' })).toThrow(
      /publicUrl/,
    );
  });
});
