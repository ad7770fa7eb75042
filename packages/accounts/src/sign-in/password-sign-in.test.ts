import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, Browser } from './browser.scene.ts';
import { PASSWORD, signInScene, type SignInScene } from './sign-in.scene.ts';

describe('signing in with a password', () => {
  let scene: SignInScene;
  let ann: Browser;
  beforeEach(async () => {
    scene = await signInScene();
    ann = await scene.person('ann');
  });
  afterEach(() => scene.close());
  const signIn = (email: string, password: string, page = scene.browser()): Promise<Answer> =>
    page.post('/auth/sign-in', { email, password });

  it('opens the account, whatever the case of the email', async () => {
    const page = scene.browser();
    const answer = await signIn('ANN@example.com', PASSWORD, page);
    expect(answer.status).toBe(200);
    expect(answer.data).toEqual((await ann.get('/account')).data);
    expect((await page.get('/account')).status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('says the same of a wrong password, of an unknown email, and of an account without a password', async () => {
    const fields = { passwordHash: null, allowTraining: false, createdAt: 1 };
    await scene.accounts.createAccount({ id: 'acc-oauth', email: 'oauth@example.com', ...fields });
    const answers = [
      await signIn('ann@example.com', 'wrong password'),
      await signIn('nobody@example.com', 'wrong password'),
      await signIn('oauth@example.com', 'wrong password'),
      await signIn('oauth@example.com', 'A'),
      await signIn('not-an-email', 'wrong password'),
    ];
    for (const { status, body, headers } of answers) {
      expect(status).toBe(401);
      expect(body).toEqual(answers[0]?.body);
      expect(headers.getSetCookie()).toEqual([]);
    }
  });

  it('ends with signing out, in this browser only', async () => {
    const other = scene.browser();
    await signIn('ann@example.com', PASSWORD, other);
    const kept = new Map(ann.cookies);
    expect((await ann.post('/auth/sign-out')).data).toEqual({ signed_out: true });
    expect(ann.cookies.size).toBe(0);
    expect((await ann.get('/account')).status).toBe(401);
    // Also for whoever kept the cookie.
    for (const [name, value] of kept) ann.cookies.set(name, value);
    expect((await ann.get('/account')).status).toBe(401);
    expect((await other.get('/account')).status).toBe(200);
    expect((await ann.post('/auth/sign-out')).status).toBe(200);
  });

  it('never takes over a session that somebody planted', async () => {
    const victim = scene.browser();
    victim.cookies.set('onerouter_session', 'planted');
    await signIn('ann@example.com', PASSWORD, victim);
    expect(victim.cookies.get('onerouter_session')).not.toBe('planted');
    const attacker = scene.browser();
    attacker.cookies.set('onerouter_session', 'planted');
    expect((await attacker.get('/account')).status).toBe(401);
  });

  it("makes the attacker's own session worthless where it was planted in the victim's browser", async () => {
    const mallory = await scene.person('mallory');
    const victim = scene.browser();
    const planted = mallory.cookies.get('onerouter_session') ?? '';
    victim.cookies.set('onerouter_session', planted);
    await signIn('ann@example.com', PASSWORD, victim);
    expect(victim.cookies.get('onerouter_session')).not.toBe(planted);
    expect((await victim.get('/account')).data['email']).toBe('ann@example.com');
    expect((await mallory.get('/account')).status).toBe(401);
  });

  it('refuses bodies that are not asked for', async () => {
    const page = scene.browser();
    expect((await page.post('/auth/sign-in', { email: { $ne: null }, password: 'x' })).status).toBe(400);
    expect((await page.post('/auth/sign-in', { email: 'a@b.cd', password: { $gt: '' } })).status).toBe(400);
    expect((await page.post('/auth/sign-in', { email: 'a@b.cd', password: 'x', id: 1 })).status).toBe(400);
    expect((await page.post('/auth/sign-in', '{')).status).toBe(400);
    expect((await page.post('/auth/sign-in?email=ann@example.com', { password: PASSWORD })).status).toBe(400);
  });

  it('cannot be done for the visitor by a form or a script of another site', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' };
    const body = `email=ann%40example.com&password=${encodeURIComponent(PASSWORD)}`;
    const credentials = { email: 'ann@example.com', password: PASSWORD };
    const tries = [
      await scene.browser().post('/auth/sign-in', body, form),
      await scene.browser().post('/auth/sign-in', credentials, { 'sec-fetch-site': 'cross-site' }),
      await scene.browser().post('/auth/sign-up', credentials, { 'sec-fetch-site': 'same-site' }),
      await ann.post('/auth/sign-out', {}, { 'sec-fetch-site': 'cross-site' }),
      await ann.send('PATCH', '/account', { allow_training: true }, { 'sec-fetch-site': 'cross-site' }),
      await ann.send('DELETE', '/account/sessions', undefined, { 'sec-fetch-site': 'cross-site' }),
    ];
    for (const { status, error, headers } of tries) {
      expect([status, error.metadata['reason']]).toEqual([403, 'cross_origin']);
      expect(headers.getSetCookie()).toEqual([]);
    }
    expect((await ann.get('/account')).data['allow_training']).toBe(false);
    const sameSiteForm = await scene
      .browser()
      .post('/auth/sign-in', body, { 'content-type': form['content-type'] });
    expect(sameSiteForm.status).toBe(415);
  });
});
