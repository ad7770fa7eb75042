import { afterEach, describe, expect, it } from 'vitest';
import { hashKey } from './keys.ts';
import { sessionScene, type SessionScene } from './session.scene.ts';

describe('the cookie of a session', () => {
  let scene: SessionScene;
  afterEach(() => scene.close());

  it('is out of reach for scripts and other sites', async () => {
    scene = await sessionScene();
    const { setCookie } = await scene.signIn();
    expect(setCookie).toMatch(
      /^onerouter_session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  it('is bound to this host and to TLS where there is TLS, by what the trusted proxy or the option says', async () => {
    scene = await sessionScene({}, (app) => app.set('trust proxy', true));
    const behindProxy = await scene.signIn('acc-ann', { 'x-forwarded-proto': 'https' });
    expect(behindProxy.setCookie).toMatch(
      /^__Host-onerouter_session=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    await scene.close();
    scene = await sessionScene({ secure: true });
    const told = await scene.signIn();
    expect(told.setCookie).toMatch(/^__Host-onerouter_session=.*Secure/);
    expect((await scene.call({ cookie: told.cookie })).status).toBe(200);
  });

  it('is not taken under the name that needs no TLS where there is TLS', async () => {
    scene = await sessionScene({ secure: true });
    const { cookie } = await scene.signIn();
    expect((await scene.call({ cookie: cookie.replace('__Host-', '') })).status).toBe(401);
  });

  it('does not believe a proxy that it is not told to trust', async () => {
    scene = await sessionScene();
    const { setCookie } = await scene.signIn('acc-ann', { 'x-forwarded-proto': 'https' });
    expect(setCookie).not.toContain('Secure');
  });

  it('holds a secret that no store has', async () => {
    scene = await sessionScene();
    const { cookie } = await scene.signIn();
    const secret = cookie.split('=')[1] ?? '';
    const [session] = await scene.store.list('acc-ann');
    expect(session?.hash).toBe(hashKey(secret));
    expect(JSON.stringify(session)).not.toContain(secret);
    expect((await scene.call({ cookie: `onerouter_session=${session?.hash}` })).status).toBe(401);
  });

  it('is never the one that a request came with: a planted one stays worthless, an old one ends', async () => {
    scene = await sessionScene();
    const planted = 'onerouter_session=planted-by-somebody-else';
    const first = await scene.signIn('acc-ann', { cookie: planted });
    expect(first.cookie).not.toBe(planted);
    expect((await scene.call({ cookie: planted })).status).toBe(401);
    const second = await scene.signIn('acc-bob', { cookie: first.cookie });
    expect(second.cookie).not.toBe(first.cookie);
    expect((await scene.call({ cookie: first.cookie })).status).toBe(401);
    expect(await (await scene.call({ cookie: second.cookie })).json()).toMatchObject({
      accountId: 'acc-bob',
    });
  });

  it('is taken back at sign-out, and worthless from then on', async () => {
    scene = await sessionScene();
    const { cookie } = await scene.signIn();
    const answer = await scene.call({ cookie }, { path: '/sign-out', method: 'POST' });
    expect(await answer.json()).toEqual({ ended: true });
    expect(answer.headers.getSetCookie()).toEqual([
      'onerouter_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax',
    ]);
    expect((await scene.call({ cookie })).status).toBe(401);
  });
});
