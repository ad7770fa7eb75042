import { afterEach, describe, expect, it } from 'vitest';
import { contentOf } from './asked.scene.ts';
import { USAGE, WHOLE } from './call.scene.ts';
import { Scene } from './chain.scene.ts';

let scene: Scene;
afterEach(() => scene.close());

const STREAM = { stream: true };
describe('identical requests at the same time', () => {
  it('share one upstream call; a stream follower gets what was said and then each piece as it comes', async () => {
    scene = await Scene.open();
    const leader = scene.ask(STREAM);
    const call = await scene.call(1);
    call.say('Hel');
    await leader.until('Hel');
    const follower = scene.ask({ ...STREAM, usage: { include: true } });
    expect(await follower.until('Hel')).not.toContain('[DONE]');
    call.say('lo');
    expect(await follower.until('lo')).not.toContain('[DONE]');
    await call.end();
    const events = await follower.events();
    const id = await follower.id();
    expect(contentOf(events)).toBe('Hello');
    for (const event of events) expect(event).toMatchObject({ id, model: 'acme/writer', provider: 'alpha' });
    expect(events.at(-1)).toMatchObject({ choices: [], usage: USAGE });
    expect(await leader.said()).toBe('Hello');
    expect(await leader.header('x-onerouter-cache')).toBe('miss');
    expect(await follower.header('x-onerouter-cache')).toBe('hit');
    expect(scene.calls).toHaveLength(1);
    expect(scene.settled).toHaveLength(2);
    expect(scene.settlementOf(id)).toMatchObject({
      cacheHit: true,
      cacheSourceId: await leader.id(),
      outcome: { status: 'complete', facts: { outputBytes: 5, usage: { promptTokens: 9 } } },
    });
  });

  it.each([
    ['stream', 'whole'],
    ['whole', 'stream'],
    ['whole', 'whole'],
  ])('a %s leader serves a %s follower', async (leads, follows) => {
    scene = await Scene.open();
    const leader = scene.ask({ stream: leads === 'stream' });
    const call = await scene.call(1);
    const followers = [1, 2, 3].map(() => scene.ask({ stream: follows === 'stream' }));
    await call.joined.reach(3);
    if (leads === 'stream') {
      call.say('Hel');
      call.say('lo');
      await call.end();
    } else await call.send(WHOLE);
    for (const follower of followers) {
      if (follows === 'stream') expect(await follower.said()).toBe('Hello');
      else expect(await follower.json()).toMatchObject({ id: await follower.id(), choices: WHOLE.choices });
    }
    await leader.text();
    expect(scene.calls).toHaveLength(1);
    expect(scene.settled.filter((one) => one.cacheHit)).toHaveLength(3);
  });

  it('an answer too long to keep still reaches those who joined', async () => {
    scene = await Scene.open({ maxAnswerBytes: 100 });
    const leader = scene.ask();
    const call = await scene.call(1);
    const follower = scene.ask();
    await call.joined.reach(1);
    await call.send({ ...WHOLE, padding: 'x'.repeat(200) });
    expect(await follower.json()).toMatchObject({ choices: WHOLE.choices });
    await leader.text();
    expect(scene.calls).toHaveLength(1);
  });

  it('of different accounts make a call each', async () => {
    scene = await Scene.open();
    scene.ask({}, { 'x-account': 'ann' });
    scene.ask({}, { 'x-account': 'bob' });
    await scene.call(2);
  });
});

describe('a client that leaves', () => {
  it('as the leader does not end the answer of a follower, and the answer is stored', async () => {
    scene = await Scene.open();
    const leader = scene.ask(STREAM);
    const call = await scene.call(1);
    call.say('Hel');
    await leader.until('Hel');
    const leaderId = await leader.id();
    const follower = scene.ask(STREAM);
    await follower.until('Hel');
    leader.leave();
    await new Promise<void>((resolve) => {
      if (call.exchange.clientGone) return resolve();
      const clientLeft = call.exchange.clientLeft.bind(call.exchange);
      call.exchange.clientLeft = () => {
        clientLeft();
        resolve();
      };
    });
    expect(call.exchange.abandoned).toBe(false);
    call.say('lo');
    await call.end();
    expect(await follower.said()).toBe('Hello');
    expect(scene.settlementOf(leaderId)?.outcome).toMatchObject({
      status: 'cancelled',
      facts: { usage: { completionTokens: 2 } },
    });
    const later = scene.ask();
    expect(await later.header('x-onerouter-cache')).toBe('hit');
  });

  it('as the last one of all stops the upstream call', async () => {
    scene = await Scene.open();
    const leader = scene.ask(STREAM);
    const call = await scene.call(1);
    call.say('Hel');
    await leader.until('Hel');
    const follower = scene.ask(STREAM);
    await follower.until('Hel');
    const followerId = await follower.id();
    leader.leave();
    follower.leave();
    await call.cancelled.reach(1);
    await scene.ended.reach(2);
    expect(scene.settlementOf(followerId)).toMatchObject({
      cacheHit: true,
      outcome: {
        status: 'cancelled',
        candidate: { endpoint: { id: 'alpha/acme/writer' } },
        facts: { output: true, outputBytes: 3 },
      },
    });
  });

  it.each([true, false])('as a follower (stream: %s) leaves the others alone', async (stream) => {
    scene = await Scene.open();
    const leader = scene.ask(STREAM);
    const call = await scene.call(1);
    const follower = scene.ask({ stream });
    await call.joined.reach(1);
    follower.leave();
    await call.released.reach(1);
    await scene.ended.reach(1);
    expect(scene.settled[0]?.outcome).toMatchObject({
      status: 'cancelled',
      candidate: undefined,
      facts: { output: false },
    });
    call.say('Hello');
    await call.end();
    expect(await leader.said()).toBe('Hello');
  });
});
