import { request } from 'node:http';
import { GatewayError } from '@onerouter/core';
import { afterEach, describe, expect, it } from 'vitest';
import { contentOf, QUESTION, Scene, USAGE } from './chain.scene.ts';

let scene: Scene;
afterEach(() => scene.close());

const STREAM = { stream: true };
const WHOLE = {
  id: 'up-1',
  created: 17,
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
  usage: USAGE,
};
const GONE = new GatewayError('provider_unavailable', 'The provider is gone.');

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
});

describe('an answer that grows over the limit', () => {
  const LONG = 'x'.repeat(400);

  it('goes on for a follower that keeps up, sends one that waits for the end its own way, and lets nobody join', async () => {
    scene = await Scene.open({ maxAnswerBytes: 2000 });
    const leader = scene.ask(STREAM);
    const call = await scene.call(1);
    call.say('start ');
    const streaming = scene.ask(STREAM);
    await streaming.until('start');
    const waiting = scene.ask();
    await call.joined.reach(2);
    for (let i = 0; i < 20; i += 1) call.say(LONG);
    await (await scene.call(2)).send(WHOLE);
    expect(await waiting.json()).toMatchObject({ choices: WHOLE.choices });
    const third = scene.ask({ ...STREAM, seed: undefined });
    await third.text();
    await call.end();
    expect(await streaming.said()).toBe(`start ${LONG.repeat(20)}`);
    expect(await leader.said()).toBe(`start ${LONG.repeat(20)}`);
    expect(call.joined.count).toBe(2);
  });

  it('is cut off with an error for a follower that does not read, while the leader goes on', async () => {
    scene = await Scene.open();
    const leader = scene.ask(STREAM);
    const call = await scene.call(1);
    call.say('start ');
    await leader.until('start');
    const slow = await slowReader();
    await call.joined.reach(1);
    const piece = 'y'.repeat(50_000);
    let said = 0;
    // More than sockets hold, so that the follower falls behind, and the leader's client reads all of it.
    while (call.released.count === 0 && said < 1000) {
      call.say(piece + String(said));
      await leader.until(`${piece}${said}`.slice(-100));
      said += 1;
    }
    expect(call.released.count).toBe(1);
    await call.end();
    expect(await leader.text()).toContain('[DONE]');
    const text = await slow.rest();
    expect(text).toContain('"error_type":"client_too_slow"');
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
    expect(text).not.toContain('"finish_reason":"stop"');
    // What it got has no hole.
    const numbers = [...text.matchAll(/y(\d+)"/g)].map((match) => Number(match[1]));
    expect(numbers).toEqual(numbers.map((_, at) => at));
  });

  async function slowReader(): Promise<{ rest(): Promise<string> }> {
    const req = request(`${scene.url}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    req.end(JSON.stringify({ ...QUESTION, ...STREAM }));
    const res = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
      req.on('response', resolve).on('error', reject);
    });
    res.pause();
    return {
      async rest() {
        const parts: Buffer[] = [];
        for await (const part of res) parts.push(part as Buffer);
        return Buffer.concat(parts).toString();
      },
    };
  }
});
