import { afterEach, describe, expect, it } from 'vitest';
import type { Answer, Browser } from './browser.scene.ts';
import { RESET_TTL_MS } from './password-reset.ts';
import { PASSWORD, signInScene, type SignInScene } from './sign-in.scene.ts';

const NEW = 'a new password';

describe('a forgotten password', () => {
  let scene: SignInScene;
  afterEach(() => scene.close());
  const forgot = (email: string, headers?: Record<string, string>): Promise<Answer> =>
    scene.browser(headers).post('/auth/password/forgot', { email });
  const token = async (letter: number): Promise<string> =>
    /\?token=([\w-]+)/.exec((await scene.letter(letter)).text)?.[1] ?? '';
  const reset = (secret: string, password = NEW): Promise<Answer> =>
    scene.browser().post('/auth/password/reset', { token: secret, password });
  const signIn = async (password: string, page: Browser = scene.browser()): Promise<number> =>
    (await page.post('/auth/sign-in', { email: 'ann@example.com', password })).status;

  it('is replaced by a link that is sent to the owner; all sessions end', async () => {
    scene = await signInScene();
    const ann = await scene.person('ann');
    expect((await forgot('ANN@example.com')).data).toEqual({ sent: true });
    const letter = await scene.letter(1);
    expect(letter.to).toBe('ann@example.com');
    expect(letter.text).toContain('https://router.example.com/reset?token=');
    expect(letter.text).toContain('30 minutes');
    expect((await reset(await token(1))).data).toEqual({ reset: true });
    expect((await ann.get('/account')).status).toBe(401);
    expect(await signIn(PASSWORD)).toBe(401);
    expect(await signIn(NEW)).toBe(200);
  });

  it('shows that the email is its owner’s', async () => {
    scene = await signInScene();
    await scene.person('ann');
    await forgot('ann@example.com');
    await reset(await token(1));
    expect(await scene.accounts.findAccountByEmail('ann@example.com')).toMatchObject({ emailVerified: true });
  });

  it('takes a link once, also when it is used many times at once', async () => {
    scene = await signInScene();
    await scene.person('ann');
    await forgot('ann@example.com');
    const secret = await token(1);
    const tries = await Promise.all(Array.from({ length: 8 }, (_, n) => reset(secret, `password no ${n}`)));
    expect(tries.filter(({ status }) => status === 200)).toHaveLength(1);
    const refused = tries.find(({ status }) => status !== 200);
    expect([refused?.status, refused?.error.param]).toEqual([400, 'token']);
  });

  it('takes a link for half an hour', async () => {
    scene = await signInScene();
    await scene.person('ann');
    await forgot('ann@example.com');
    const secret = await token(1);
    scene.advance(RESET_TTL_MS);
    expect((await reset(secret)).status).toBe(400);
    expect(await signIn(PASSWORD)).toBe(200);
  });

  it('takes no link that was sent before the password last changed', async () => {
    scene = await signInScene();
    await scene.person('ann');
    await forgot('ann@example.com');
    await forgot('ann@example.com');
    const [first, second] = [await token(1), await token(2)];
    expect((await reset(second)).status).toBe(200);
    expect((await reset(first, 'yet another one')).status).toBe(400);
    expect(await signIn(NEW)).toBe(200);
  });

  it('keeps the link when the new password is refused', async () => {
    scene = await signInScene();
    await scene.person('ann');
    await forgot('ann@example.com');
    const secret = await token(1);
    expect((await reset(secret, 'short')).error.param).toBe('password');
    expect((await reset(secret)).status).toBe(200);
  });

  it('tells nobody whose email is known', async () => {
    scene = await signInScene();
    await scene.person('ann');
    const [known, unknown] = [await forgot('ann@example.com'), await forgot('nobody@example.com')];
    expect(unknown.body).toEqual(known.body);
    expect([unknown.status, known.status]).toEqual([200, 200]);
    await scene.letter(1);
    expect(scene.letters.map(({ to }) => to)).toEqual(['ann@example.com']);
  });

  it('says nothing of a letter that could not be sent', async () => {
    scene = await signInScene({ sender: { send: () => Promise.reject(new Error('550 no such user')) } });
    await scene.person('ann');
    expect((await forgot('ann@example.com')).data).toEqual({ sent: true });
  });

  it('never writes the address of the request into a letter', async () => {
    scene = await signInScene();
    await scene.person('ann');
    await forgot('ann@example.com', { 'x-forwarded-host': 'evil.example' });
    expect((await scene.letter(1)).text).not.toContain('evil.example');
  });

  it('fills no mailbox', async () => {
    scene = await signInScene();
    await scene.person('ann');
    for (let n = 0; n < 3; n += 1) expect((await forgot('ann@example.com')).status).toBe(200);
    expect((await forgot('ann@example.com', { 'x-forwarded-for': '192.0.2.9' })).status).toBe(429);
  });

  it('is a matter for the operator where nothing can be sent', async () => {
    scene = await signInScene({ withSender: false });
    const answer = await forgot('ann@example.com');
    expect([answer.status, answer.error.metadata['reason']]).toEqual([404, 'no_sender']);
  });

  it('takes no made-up links', async () => {
    scene = await signInScene();
    for (const odd of ['x', 'A'.repeat(43), '__proto__', '{"$ne":null}']) {
      expect((await reset(odd)).status).toBe(400);
    }
  });
});
