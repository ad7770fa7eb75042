import { afterEach, describe, expect, it } from 'vitest';
import type { Answer } from './browser.scene.ts';
import { PASSWORD, signInScene, type SignInScene } from './sign-in.scene.ts';

const away = (): Promise<never> => Promise.reject(new Error('ECONNREFUSED'));

describe('guessing passwords', () => {
  let scene: SignInScene;
  afterEach(() => scene.close());
  let address = 0;
  /** Each time from another address, unless told. */
  const guess = (email: string, password: string, ip = `192.0.2.${(address += 1)}`): Promise<Answer> =>
    scene.browser({ 'x-forwarded-for': ip }).post('/auth/sign-in', { email, password });

  it('is over after ten tries for one email, wherever they come from', async () => {
    scene = await signInScene();
    await scene.person('ann');
    for (let n = 0; n < 10; n += 1) expect((await guess('ann@example.com', `guess ${n}`)).status).toBe(401);
    const late = await guess('ANN@example.com', PASSWORD);
    expect([late.status, late.error.metadata['reason']]).toEqual([429, 'too_many_attempts']);
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(60);
  });

  it('is counted alike for an email that nobody has', async () => {
    scene = await signInScene();
    for (let n = 0; n < 10; n += 1) expect((await guess('nobody@example.com', 'guess')).status).toBe(401);
    expect((await guess('nobody@example.com', 'guess')).status).toBe(429);
  });

  it('is no faster when many guesses are sent at once', async () => {
    scene = await signInScene();
    await scene.person('ann');
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => guess('ann@example.com', `guess ${n}`)),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(30);
  });

  it('is over for an address that tries many emails, without locking their owners out', async () => {
    scene = await signInScene({ attempts: { sign_in: { perIp: 5, perName: 10 } } });
    await scene.person('ann');
    for (let n = 0; n < 5; n += 1) {
      expect((await guess(`person${n}@example.com`, 'guess', '198.51.100.1')).status).toBe(401);
    }
    for (let n = 0; n < 20; n += 1) {
      expect((await guess('ann@example.com', 'guess', '198.51.100.1')).status).toBe(429);
    }
    expect((await guess('ann@example.com', PASSWORD)).status).toBe(200);
  });

  it('does not count who gets in', async () => {
    scene = await signInScene({ attempts: { sign_in: { perIp: 3, perName: 3 } } });
    await scene.person('ann');
    for (let n = 0; n < 8; n += 1) {
      expect((await guess('ann@example.com', PASSWORD, '198.51.100.2')).status).toBe(200);
    }
  });

  it('of the current password, by who has the session only, is limited too', async () => {
    scene = await signInScene({ attempts: { password: { perIp: 50, perName: 3 } } });
    const ann = await scene.person('ann');
    const change = (current: string): Promise<Answer> =>
      ann.post('/account/password', { current_password: current, password: 'a new password' });
    for (let n = 0; n < 3; n += 1) expect((await change(`guess ${n}`)).status).toBe(403);
    expect((await change(PASSWORD)).status).toBe(429);
  });

  it('waits, and is not let through, while the limiter is away', async () => {
    scene = await signInScene({ limiter: { duration: 900, penalty: away, reward: away } });
    expect((await guess('ann@example.com', PASSWORD)).status).toBe(503);
  });
});
