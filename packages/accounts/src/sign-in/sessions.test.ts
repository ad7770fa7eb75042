import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Browser } from './browser.scene.ts';
import { PASSWORD, signInScene, type SignInScene } from './sign-in.scene.ts';

const list = async (page: Browser): Promise<Record<string, unknown>[]> =>
  (await page.get('/account/sessions')).body['data'] as Record<string, unknown>[];

describe('the sessions of an account', () => {
  let scene: SignInScene;
  let ann: Browser;
  let phone: Browser;
  let bob: Browser;
  beforeEach(async () => {
    scene = await signInScene();
    ann = await scene.person('ann');
    bob = await scene.person('bob');
    phone = scene.browser({ 'user-agent': `Phone/1.0 ${'x'.repeat(500)}` });
    await phone.post('/auth/sign-in', { email: 'ann@example.com', password: PASSWORD });
  });
  afterEach(() => scene.close());

  it('are listed with where they are, and which one asks', async () => {
    const sessions = await list(ann);
    expect(sessions).toHaveLength(2);
    expect(sessions.find(({ current }) => current === true)).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
      created_at: expect.stringMatching(/^20.*Z$/) as unknown,
      user_agent: 'node',
    });
    const other = sessions.find(({ current }) => current === false);
    expect(other?.['user_agent']).toMatch(/^Phone\/1\.0 x{246}$/);
  });

  it('show no secret that could be used', async () => {
    const [id] = (await list(ann)).map((session) => String(session['id']));
    const thief = scene.browser();
    thief.cookies.set('onerouter_session', id ?? '');
    expect((await thief.get('/account')).status).toBe(401);
    expect(JSON.stringify(await list(ann))).not.toContain(ann.cookies.get('onerouter_session'));
  });

  it('end one by one', async () => {
    const other = (await list(ann)).find(({ current }) => current === false);
    const ended = await ann.send('DELETE', `/account/sessions/${String(other?.['id'])}`);
    expect(ended.data).toEqual({ ended: 1 });
    expect((await phone.get('/account')).status).toBe(401);
    expect((await ann.get('/account')).status).toBe(200);
    expect((await ann.send('DELETE', `/account/sessions/${String(other?.['id'])}`)).status).toBe(404);
  });

  it('end everywhere, here too', async () => {
    const ended = await ann.send('DELETE', '/account/sessions');
    expect(ended.data).toEqual({ ended: 2 });
    expect(ann.cookies.size).toBe(0);
    expect((await phone.get('/account')).status).toBe(401);
    expect((await bob.get('/account')).status).toBe(200);
  });

  it("are never another account's to see or to end", async () => {
    const [mine] = await list(ann);
    expect((await list(bob)).map(({ id }) => id)).not.toContain(mine?.['id']);
    const missing = await bob.send('DELETE', `/account/sessions/${'0'.repeat(64)}`);
    const foreign = await bob.send('DELETE', `/account/sessions/${String(mine?.['id'])}`);
    expect(foreign.status).toBe(404);
    expect(foreign.body).toEqual(missing.body);
    expect((await bob.send('DELETE', '/account/sessions')).data).toEqual({ ended: 1 });
    expect((await ann.get('/account')).status).toBe(200);
    expect((await phone.get('/account')).status).toBe(200);
  });
});
