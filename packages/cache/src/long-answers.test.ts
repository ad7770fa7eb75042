import { request, type IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { contentOf } from './asked.scene.ts';
import { WHOLE } from './call.scene.ts';
import { QUESTION, Scene } from './chain.scene.ts';

let scene: Scene;
afterEach(() => scene.close());

const STREAM = { stream: true };
/** A stream follower that reads nothing until it is told to. */
async function slowReader(): Promise<{ rest(): Promise<string> }> {
  const req = request(`${scene.url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  });
  req.end(JSON.stringify({ ...QUESTION, ...STREAM }));
  const res = await new Promise<IncomingMessage>((resolve, reject) => {
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

  it('reaches a follower that reads late to the last byte, also when the leader is done long before', async () => {
    scene = await Scene.open({ maxAnswerBytes: 16 * 1024 * 1024 });
    const leader = scene.ask(STREAM);
    const call = await scene.call(1);
    call.say('start ');
    await leader.until('start');
    const slow = await slowReader();
    await call.joined.reach(1);
    const said = ['start '];
    for (let i = 0; i < 160; i += 1) {
      said.push(`${'z'.repeat(50_000)}${i} `);
      call.say(said.at(-1) ?? '');
    }
    const [whole] = await Promise.all([leader.said(), call.end()]);
    expect(whole).toBe(said.join(''));
    // Still draining: it has let go neither of the capture nor of the leader.
    expect(scene.settled).toHaveLength(1);
    expect(call.released.count).toBe(0);
    const events = (await slow.rest()).split('\n\n').filter((event) => event.startsWith('data: {'));
    expect(contentOf(events.map((event) => JSON.parse(event.slice(6)) as Record<string, unknown>))).toBe(
      whole,
    );
    expect(scene.settled.at(-1)).toMatchObject({ cacheHit: true, outcome: { status: 'complete' } });
  });
});
