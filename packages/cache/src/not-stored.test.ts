import { GatewayError } from '@onerouter/core';
import { afterEach, describe, expect, it } from 'vitest';
import type { StoredAnswer } from './cache-store.ts';
import { WHOLE } from './call.scene.ts';
import { Scene } from './chain.scene.ts';
import { memoryCacheStore } from './memory-cache-store.ts';

let scene: Scene;
afterEach(() => scene.close());

describe('what is not stored', () => {
  it('a refusal', async () => {
    scene = await Scene.open();
    const first = scene.ask();
    (await scene.call(1)).refuse(new GatewayError('rate_limit_exceeded', 'Slow down.'));
    expect((await first.response).status).toBe(429);
    expect(await first.header('x-onerouter-cache')).toBe('miss');
    await scene.sendOnce();
    expect(scene.calls).toHaveLength(2);
  });

  it('a stream that broke off', async () => {
    scene = await Scene.open();
    const first = scene.ask({ stream: true });
    const call = await scene.call(1);
    call.say('Hel');
    await call.breakOff(new GatewayError('provider_unavailable', 'Gone.'));
    await first.text();
    await scene.streamOnce();
    expect(scene.calls).toHaveLength(2);
  });

  it('a stream whose client left', async () => {
    scene = await Scene.open();
    const first = scene.ask({ stream: true });
    const call = await scene.call(1);
    call.say('Hel');
    await first.until('Hel');
    first.leave();
    await call.cancelled.reach(1);
    await scene.streamOnce();
    expect(scene.calls).toHaveLength(2);
  });

  it('an answer without output and finish reason', async () => {
    scene = await Scene.open();
    const first = scene.ask();
    await (await scene.call(1)).send({ ...WHOLE, choices: [] });
    await first.text();
    await scene.sendOnce();
    expect(scene.calls).toHaveLength(2);
  });

  it.each([true, false])('an answer over the limit (stream: %s)', async (stream) => {
    scene = await Scene.open({ maxAnswerBytes: 300 });
    for (const n of [1, 2]) {
      const asked = scene.ask({ stream });
      const call = await scene.call(n);
      if (stream) {
        for (let i = 0; i < 5; i += 1) call.say('Hello '.repeat(10));
        await call.end();
      } else await call.send({ ...WHOLE, padding: 'x'.repeat(300) });
      await asked.text();
    }
    expect(scene.calls).toHaveLength(2);
  });

  it('a stream for which there was no room among those under way', async () => {
    scene = await Scene.open({ maxInFlightBytes: 3000 });
    const first = scene.ask({ stream: true, seed: 1 });
    const one = await scene.call(1);
    one.say('Hello');
    const second = scene.ask({ stream: true, seed: 2 });
    const two = await scene.call(2);
    two.say('Hello');
    await Promise.all([one.end(), two.end()]);
    expect(await Promise.all([first.said(), second.said()])).toEqual(['Hello', 'Hello']);
    expect(await scene.ask({ stream: true, seed: 1 }).said()).toBe('Hello');
    expect(scene.calls).toHaveLength(2);
    await scene.streamOnce({ seed: 2 });
    expect(scene.calls).toHaveLength(3);
  });

  it('a body that cannot be told apart from others', async () => {
    scene = await Scene.open();
    const deep = JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) as unknown;
    for (const body of [{ deep }, { seed: 2 ** 60 }]) {
      const before = scene.calls.length;
      await scene.sendOnce(body);
      await scene.sendOnce(body);
      expect(scene.calls).toHaveLength(before + 2);
    }
  });
});

const down = () => Promise.reject(new Error('down'));

describe('a store that fails', () => {
  const warnings: object[] = [];
  const log = { warn: (fields: object) => void warnings.push(fields), error: () => {} };

  it('costs the hit, not the answer', async () => {
    scene = await Scene.open({ store: { get: down, set: down }, log });
    await scene.sendOnce();
    await scene.sendOnce();
    expect(scene.calls).toHaveLength(2);
    expect(warnings.length).toBeGreaterThanOrEqual(3);
  });

  it('with a damaged answer is passed by', async () => {
    const store = memoryCacheStore();
    scene = await Scene.open({
      store: {
        get: (key) => store.get(key),
        set: (key, { whole: _whole, ...answer }: StoredAnswer, ttlMs) =>
          store.set(key, { ...answer, events: Buffer.from('data: {"cho\n\n') }, ttlMs),
      },
      log,
    });
    await scene.sendOnce();
    await scene.sendOnce();
    await scene.streamOnce();
    expect(scene.calls).toHaveLength(3);
  });
});
