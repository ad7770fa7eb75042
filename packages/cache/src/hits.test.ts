import { afterEach, describe, expect, it } from 'vitest';
import { contentOf } from './asked.scene.ts';
import { USAGE, WHOLE } from './call.scene.ts';
import { candidateNamed, Scene } from './chain.scene.ts';
import { promptCache } from './prompt-cache.ts';

let scene: Scene;
afterEach(() => scene?.close());

describe('a request that was answered before', () => {
  it.each([
    ['stream', 'stream'],
    ['stream', 'whole'],
    ['whole', 'stream'],
    ['whole', 'whole'],
  ])('is answered from a stored %s as %s', async (stored, wanted) => {
    scene = await Scene.open();
    const first = stored === 'stream' ? await scene.streamOnce() : await scene.sendOnce();
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
    const first = await scene.streamOnce();
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
    await scene.sendOnce({ temperature: 0, user: 'a', metadata: { x: 1 } });
    const again = scene.ask({ metadata: { x: 2 }, temperature: 0, user: 'b', stream: false });
    expect(await again.header('x-onerouter-cache')).toBe('hit');
    const other = scene.ask({ temperature: 1 });
    await (await scene.call(2)).send(WHOLE);
    expect(await other.header('x-onerouter-cache')).toBe('miss');
  });

  it('is shared by no two accounts, and without an account by nobody', async () => {
    scene = await Scene.open();
    await scene.sendOnce();
    await scene.sendOnce({}, { 'x-account': 'bob' });
    await scene.sendOnce({}, { 'x-account': 'nobody' });
    await scene.sendOnce({}, { 'x-account': 'nobody' });
    expect(scene.calls).toHaveLength(4);
  });

  it('is shared among whom the tenant option says', async () => {
    scene = await Scene.open({ tenant: (req) => String(req.headers['x-team']) });
    await scene.sendOnce({}, { 'x-team': 'red', 'x-account': 'ann' });
    const again = scene.ask({}, { 'x-team': 'red', 'x-account': 'bob' });
    expect(await again.header('x-onerouter-cache')).toBe('hit');
  });

  it('goes upstream when who answered is no longer among its candidates', async () => {
    scene = await Scene.open();
    await scene.sendOnce();
    scene.candidates = [candidateNamed('beta')];
    const again = await scene.sendOnce();
    expect(await again.header('x-onerouter-cache')).toBe('miss');
  });

  it('is answered when the route named another this time, but who answered may still do so', async () => {
    scene = await Scene.open();
    await scene.sendOnce();
    scene.candidates = [candidateNamed('beta', 'alpha')];
    const again = scene.ask();
    expect(await again.json()).toMatchObject({ provider: 'alpha' });
    expect(await again.header('x-onerouter-cache')).toBe('hit');
    scene.excluded = [{ provider: 'alpha', model: 'acme/writer', filter: 'data_collection' }];
    await scene.sendOnce();
    expect(scene.calls).toHaveLength(2);
  });

  it('goes upstream again when its time is over', async () => {
    scene = await Scene.open({ ttlMs: 0 });
    await scene.sendOnce();
    await scene.sendOnce();
    expect(scene.calls).toHaveLength(2);
  });
});

describe('Cache-Control of the client', () => {
  it('no-cache brings a new answer, which is stored', async () => {
    scene = await Scene.open();
    await scene.sendOnce();
    const fresh = await scene.sendOnce({}, { 'cache-control': 'max-age=0, No-Cache' });
    expect(await fresh.header('x-onerouter-cache')).toBe('miss');
    const again = scene.ask();
    await again.text();
    expect(scene.settlementOf(await again.id())?.cacheSourceId).toBe(await fresh.id());
  });

  it('no-store brings a new answer, which is not', async () => {
    scene = await Scene.open();
    await scene.sendOnce({}, { 'cache-control': 'no-store' });
    await scene.sendOnce();
    await scene.sendOnce({}, { 'cache-control': 'no-store' });
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
    await scene.sendOnce({ prompt: 'x' });
    expect(scene.calls).toHaveLength(2);
  });
});

it.each([{ ttlMs: -1 }, { maxAnswerBytes: 1.5 }, { maxInFlightBytes: Number.NaN }, { commentAfterMs: -1 }])(
  'limits such as %j are refused when the cache is made',
  (options) => {
    expect(() => promptCache(options)).toThrow(RangeError);
  },
);
