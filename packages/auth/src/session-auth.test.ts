import { afterEach, describe, expect, it } from 'vitest';
import { memorySessions } from './memory-sessions.ts';
import { sessionScene, type SessionScene } from './session.scene.ts';
import { SIGHTING_MS } from './sessions.ts';
import type { SessionStore } from './session-store.ts';

const HOUR = 3_600_000;

describe('sessionAuth()', () => {
  let scene: SessionScene;
  afterEach(() => scene.close());
  const statusOf = async (cookie: string): Promise<number> => (await scene.call({ cookie })).status;

  it('tells the chain which person calls, with the privacy toggle of the moment', async () => {
    scene = await sessionScene();
    const { cookie } = await scene.signIn();
    expect(await (await scene.call({ cookie })).json()).toEqual({
      kind: 'session',
      accountId: 'acc-ann',
      keyId: 'session',
      keyName: 'Chat',
      keyLabel: 'Chat',
      keyLimit: null,
      keyLimitReset: null,
      allowTraining: false,
    });
    scene.accounts.set('acc-ann', true);
    expect(await (await scene.call({ cookie })).json()).toMatchObject({ allowTraining: true });
  });

  it('leaves calls without a session to the keys', async () => {
    scene = await sessionScene();
    expect((await scene.call()).status).toBe(401);
    expect(await statusOf('onerouter_session=guess')).toBe(401);
    expect(await statusOf('onerouter_session=')).toBe(401);
    expect(await statusOf('other=1; =; ;;')).toBe(401);
  });

  it('does not look at the cookie of a call with a key', async () => {
    scene = await sessionScene();
    const { cookie } = await scene.signIn();
    const authorization = `Bearer ${scene.apiKey}`;
    expect(await (await scene.call({ cookie, authorization })).json()).toMatchObject({ kind: 'api' });
    expect((await scene.call({ cookie, authorization: 'Bearer wrong' })).status).toBe(401);
  });

  it('hands on what the caller has shown, which no store has', async () => {
    scene = await sessionScene();
    const { cookie } = await scene.signIn();
    const shown = async (headers: Record<string, string>): Promise<string> =>
      (await scene.call(headers, { path: '/secret' })).text();
    expect(`onerouter_session=${await shown({ cookie })}`).toBe(cookie);
    expect(await shown({ cookie, authorization: `Bearer ${scene.apiKey}` })).toBe(scene.apiKey);
  });

  it('knows nobody whose account is gone', async () => {
    scene = await sessionScene();
    const { cookie } = await scene.signIn();
    scene.accounts.delete('acc-ann');
    expect(await statusOf(cookie)).toBe(401);
  });

  it('ends a session that is not used, and keeps one that is', async () => {
    let time = Date.now();
    scene = await sessionScene({ idleMs: 10 * HOUR, absoluteMs: 100 * HOUR, now: () => time });
    const used = await scene.signIn();
    const left = await scene.signIn();
    time += 9 * HOUR;
    expect(await statusOf(used.cookie)).toBe(200);
    time += 9 * HOUR;
    expect(await statusOf(used.cookie)).toBe(200);
    expect(await statusOf(left.cookie)).toBe(401);
    expect(await scene.sessions.list('acc-ann')).toHaveLength(1);
  });

  it('ends every session in the end, however much it is used', async () => {
    let time = Date.now();
    scene = await sessionScene({ idleMs: 10 * HOUR, absoluteMs: 15 * HOUR, now: () => time });
    const { cookie } = await scene.signIn();
    time += 9 * HOUR;
    expect(await statusOf(cookie)).toBe(200);
    time += 6 * HOUR;
    expect(await statusOf(cookie)).toBe(401);
  });

  it('writes down that a session is used once a minute, not more', async () => {
    let time = Date.now();
    const store = memorySessions();
    const sightings: number[] = [];
    const counted: SessionStore = {
      ...store,
      async touch(hash, sighting) {
        sightings.push(sighting.lastSeenAt);
        await store.touch(hash, sighting);
      },
    };
    scene = await sessionScene({ store: counted, now: () => time });
    const { cookie } = await scene.signIn();
    for (let n = 0; n < 4; n += 1) await statusOf(cookie);
    expect(sightings).toEqual([]);
    time += SIGHTING_MS;
    for (let n = 0; n < 4; n += 1) await statusOf(cookie);
    expect(sightings).toEqual([time]);
  });

  it('is over in every process once it is ended in one', async () => {
    scene = await sessionScene();
    const other = await sessionScene({ store: scene.store });
    const { cookie } = await scene.signIn();
    expect((await other.call({ cookie })).status).toBe(200);
    expect(await scene.sessions.endAll('acc-ann')).toBe(1);
    expect((await other.call({ cookie })).status).toBe(401);
    await other.close();
  });

  it('signs nobody in while the store is away, and recovers', async () => {
    const store = memorySessions();
    let away = false;
    scene = await sessionScene({
      store: {
        ...store,
        find: (hash) => (away ? Promise.reject(new Error('ECONNREFUSED')) : store.find(hash)),
      },
    });
    const { cookie } = await scene.signIn();
    away = true;
    const answer = await scene.call({ cookie });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    away = false;
    expect(await statusOf(cookie)).toBe(200);
  });
});
