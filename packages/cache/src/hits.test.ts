import { afterEach, describe, expect, it } from 'vitest';
import { candidateNamed, contentOf, Scene, USAGE } from './chain.scene.ts';
import type { StoredAnswer } from './cache-store.ts';
import { memoryCacheStore } from './memory-cache-store.ts';
import { GatewayError } from '@onerouter/core';

let scene: Scene;
afterEach(() => scene.close());

const WHOLE = {
  id: 'up-1',
  object: 'chat.completion',
  created: 17,
  model: 'writer-up',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
  usage: USAGE,
};

async function streamOnce(body: object = {}, headers: Record<string, string> = {}) {
  const asked = scene.ask({ stream: true, ...body }, headers);
  const call = await scene.call(scene.calls.length + 1);
  call.say('Hel');
  call.say('lo');
  await call.end();
  expect(await asked.said()).toBe('Hello');
  return asked;
}

async function sendOnce(body: object = {}, headers: Record<string, string> = {}) {
  const asked = scene.ask(body, headers);
  await (await scene.call(scene.calls.length + 1)).send(WHOLE);
  await asked.text();
  return asked;
}

describe('a request that was answered before', () => {
  it.each([
    ['stream', 'stream'],
    ['stream', 'whole'],
    ['whole', 'stream'],
    ['whole', 'whole'],
  ])('is answered from a stored %s as %s', async (stored, wanted) => {
    scene = await Scene.open();
    const first = stored === 'stream' ? await streamOnce() : await sendOnce();
    for (const round of [1, 2]) {
      const second = scene.ask({ stream: wanted === 'stream', usage: { include: true } });
      const answers = wanted === 'stream' ? await second.events() : [await second.json()];
      const id = await second.id();
      expect(scene.calls).toHaveLength(1);
      expect(await second.header('x-onerouter-cache')).toBe('hit');
      for (const answer of answers) {
        expect(answer).toMatchObject({ id, model: 'acme/writer', provider: 'alpha', created: 17 });
      }
      expect(answers.at(-1)?.['usage']).toMatchObject(USAGE);
      if (wanted === 'stream') expect(contentOf(answers)).toBe('Hello');
      else expect(answers[0]).toMatchObject({ object: 'chat.completion', choices: WHOLE.choices });
      expect(scene.settled).toHaveLength(1 + round);
    }
    expect(await first.header('x-onerouter-cache')).toBe('miss');
  });

  it('settles as a generation of its own that names its source and repeats its facts', async () => {
    scene = await Scene.open();
    const first = await streamOnce();
    const second = scene.ask();
    await second.text();
    expect(await second.id()).not.toBe(await first.id());
    expect(scene.settlementOf(await second.id())).toMatchObject({
      cacheHit: true,
      cacheSourceId: await first.id(),
      outcome: {
        status: 'complete',
        candidate: { endpoint: { id: 'alpha/acme/writer' } },
        facts: {
          output: true,
          outputBytes: 5,
          finishReason: 'stop',
          usage: { promptTokens: 9, completionTokens: 2 },
        },
      },
    });
    expect(scene.settlementOf(await first.id())).toMatchObject({ cacheHit: false, cacheSourceId: null });
  });

  it('is recognised whatever the order of its properties and the way it is shown', async () => {
    scene = await Scene.open();
    await sendOnce({ temperature: 0, user: 'a', metadata: { x: 1 } });
    const again = scene.ask({ metadata: { x: 2 }, temperature: 0, user: 'b', stream: false });
    expect(await again.header('x-onerouter-cache')).toBe('hit');
    const other = scene.ask({ temperature: 1 });
    await (await scene.call(2)).send(WHOLE);
    expect(await other.header('x-onerouter-cache')).toBe('miss');
  });

  it('is shared by no two accounts, and without an account by nobody', async () => {
    scene = await Scene.open();
    await sendOnce();
    await sendOnce({}, { 'x-account': 'bob' });
    await sendOnce({}, { 'x-account': 'nobody' });
    await sendOnce({}, { 'x-account': 'nobody' });
    expect(scene.calls).toHaveLength(4);
  });

  it('is shared among whom the tenant option says', async () => {
    scene = await Scene.open({ tenant: (req) => String(req.headers['x-team']) });
    await sendOnce({}, { 'x-team': 'red', 'x-account': 'ann' });
    const again = scene.ask({}, { 'x-team': 'red', 'x-account': 'bob' });
    expect(await again.header('x-onerouter-cache')).toBe('hit');
  });

  it('goes upstream when who answered is no longer among its candidates', async () => {
    scene = await Scene.open();
    await sendOnce();
    scene.candidates = [candidateNamed('beta')];
    const again = await sendOnce();
    expect(await again.header('x-onerouter-cache')).toBe('miss');
  });

  it('goes upstream again when its time is over', async () => {
    scene = await Scene.open({ ttlMs: 0 });
    await sendOnce();
    await sendOnce();
    expect(scene.calls).toHaveLength(2);
  });
});

describe('Cache-Control of the client', () => {
  it('no-cache brings a new answer, which is stored', async () => {
    scene = await Scene.open();
    await sendOnce();
    const fresh = await sendOnce({}, { 'cache-control': 'max-age=0, No-Cache' });
    expect(await fresh.header('x-onerouter-cache')).toBe('miss');
    const again = scene.ask();
    await again.text();
    expect(scene.settlementOf(await again.id())?.cacheSourceId).toBe(await fresh.id());
  });

  it('no-store brings a new answer, which is not', async () => {
    scene = await Scene.open();
    await sendOnce({}, { 'cache-control': 'no-store' });
    await sendOnce();
    await sendOnce({}, { 'cache-control': 'no-store' });
    expect(scene.calls).toHaveLength(3);
  });

  it('no-cache does not join a running twin', async () => {
    scene = await Scene.open();
    const first = scene.ask();
    const call = await scene.call(1);
    const fresh = scene.ask({}, { 'cache-control': 'no-cache' });
    await (await scene.call(2)).send(WHOLE);
    await call.send(WHOLE);
    await Promise.all([first.text(), fresh.text()]);
    expect(call.joined.count).toBe(0);
  });
});

describe('what is not stored', () => {
  it('a refusal', async () => {
    scene = await Scene.open();
    const first = scene.ask();
    (await scene.call(1)).refuse(new GatewayError('rate_limit_exceeded', 'Slow down.'));
    expect((await first.response).status).toBe(429);
    expect(await first.header('x-onerouter-cache')).toBe('miss');
    await sendOnce();
    expect(scene.calls).toHaveLength(2);
  });

  it('a stream that broke off', async () => {
    scene = await Scene.open();
    const first = scene.ask({ stream: true });
    const call = await scene.call(1);
    call.say('Hel');
    await call.breakOff(new GatewayError('provider_unavailable', 'Gone.'));
    await first.text();
    await streamOnce();
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
    await streamOnce();
    expect(scene.calls).toHaveLength(2);
  });

  it('an answer without output and finish reason', async () => {
    scene = await Scene.open();
    const first = scene.ask();
    await (await scene.call(1)).send({ ...WHOLE, choices: [] });
    await first.text();
    await sendOnce();
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
    await streamOnce({ seed: 2 });
    expect(scene.calls).toHaveLength(3);
  });

  it('a body that cannot be told apart from others', async () => {
    scene = await Scene.open();
    const deep = JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) as unknown;
    for (const body of [{ deep }, { seed: 2 ** 60 }]) {
      const before = scene.calls.length;
      await sendOnce(body);
      await sendOnce(body);
      expect(scene.calls).toHaveLength(before + 2);
    }
  });
});

describe('a store that fails', () => {
  const warnings: object[] = [];
  const log = { warn: (fields: object) => void warnings.push(fields), error: () => {} };

  it('costs the hit, not the answer', async () => {
    const down = () => Promise.reject(new Error('down'));
    scene = await Scene.open({ store: { get: down, set: down }, log });
    await sendOnce();
    await sendOnce();
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
    await sendOnce();
    await sendOnce();
    await streamOnce();
    expect(scene.calls).toHaveLength(3);
  });
});

describe('other surfaces', () => {
  it('embeddings are cached', async () => {
    scene = await Scene.open();
    const body = { input: 'hello' };
    const vectors = {
      object: 'list',
      data: [{ index: 0, embedding: [0.1, 0.2] }],
      model: 'm',
      usage: { prompt_tokens: 2, total_tokens: 2 },
    };
    const first = scene.ask(body, {}, 'embeddings');
    const call = await scene.call(1);
    const facts = { ...call.stream.facts, output: true };
    await call.answer.send(Buffer.from(JSON.stringify(vectors)), facts, call.candidate);
    await first.text();
    const second = scene.ask(body, {}, 'embeddings');
    expect(await second.json()).toMatchObject({ data: vectors.data });
    expect(await second.header('x-onerouter-cache')).toBe('hit');
  });

  it('legacy completions are cached, and apart from chats', async () => {
    scene = await Scene.open();
    const legacy = {
      object: 'text_completion',
      created: 1,
      choices: [{ index: 0, text: 'Hello', finish_reason: 'stop' }],
    };
    const first = scene.ask({ prompt: 'x' }, {}, 'completions');
    await (await scene.call(1)).send(legacy);
    await first.text();
    const second = scene.ask({ prompt: 'x', stream: true }, {}, 'completions');
    const events = await second.events();
    expect(events.map((event) => (event['choices'] as { text: string }[])[0]?.text)).toEqual(['Hello', '']);
    await sendOnce({ prompt: 'x' });
    expect(scene.calls).toHaveLength(2);
  });
});
