import { GatewayError } from '@onerouter/core';
import { afterEach, describe, expect, it } from 'vitest';
import { WHOLE } from './call.scene.ts';
import { Scene } from './chain.scene.ts';

let scene: Scene;
afterEach(() => scene.close());

const STREAM = { stream: true };
const GONE = new GatewayError('provider_unavailable', 'The provider is gone.');

describe('a leader that fails', () => {
  it('before output lets every follower make its own call', async () => {
    scene = await Scene.open();
    const leader = scene.ask();
    const call = await scene.call(1);
    const followers = [scene.ask(STREAM), scene.ask()];
    await call.joined.reach(2);
    call.refuse(GONE);
    expect((await leader.response).status).toBe(502);
    for (const own of [await scene.call(2), await scene.call(3)]) {
      if (own.exchange.record.cacheHit) throw new Error('still a hit');
      own.say('Hello');
      await own.end();
    }
    for (const follower of followers) {
      expect(await follower.text()).toContain('Hello');
      expect(await follower.header('x-onerouter-cache')).toBe('miss');
    }
    expect(scene.settled.map((one) => one.outcome.status).toSorted()).toEqual([
      'complete',
      'complete',
      'failed',
    ]);
  });

  it('after output lets a follower that has sent nothing make its own call; the others end in an error', async () => {
    scene = await Scene.open();
    const leader = scene.ask(STREAM);
    const call = await scene.call(1);
    call.say('Hel');
    await leader.until('Hel');
    const streaming = scene.ask(STREAM);
    await streaming.until('Hel');
    const waiting = scene.ask();
    await call.joined.reach(2);
    await call.breakOff(GONE);
    await (await scene.call(2)).send(WHOLE);
    expect(await waiting.json()).toMatchObject({ choices: WHOLE.choices });
    const events = await streaming.events();
    expect(events.at(-1)).toMatchObject({
      id: await streaming.id(),
      error: { code: 502 },
      choices: [{ finish_reason: 'error' }],
    });
    expect(scene.settlementOf(await streaming.id())?.outcome.status).toBe('truncated');
    expect(scene.calls).toHaveLength(2);
  });

  it('is not joined any more', async () => {
    scene = await Scene.open();
    const leader = scene.ask(STREAM);
    const call = await scene.call(1);
    leader.leave();
    await call.cancelled.reach(1);
    scene.ask(STREAM);
    await scene.call(2);
    expect(call.joined.count).toBe(0);
  });

  it('after a follower was only sent comments lets it make its own call in the same stream', async () => {
    scene = await Scene.open({ commentAfterMs: 1 });
    const leader = scene.ask(STREAM);
    const call = await scene.call(1);
    const follower = scene.ask(STREAM);
    await follower.until(': waiting\n\n');
    call.refuse(GONE);
    const own = await scene.call(2);
    own.say('Hello');
    await own.end();
    expect(await follower.said()).toBe('Hello');
    expect((await leader.response).status).toBe(502);
  });
});
