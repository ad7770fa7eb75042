import { DONE, finishChunk, refuse, roleChunk, textChunk, usageChunk, whole } from '@onerouter/core/testing';
import { describe, expect, it } from 'vitest';
import { answers } from '../support/answers.ts';
import { at, gatewayServer, KEYS, model, PRICING, until, type GatewayServer } from '../support/gateway.ts';
import { Reading, saidIn } from '../support/reading.ts';

// 10 tokens of prompt and 5 of completion: $0.00002 at first, 10 × $0.0000001 = $0.000001 from the cache.
const models = [
  model('acme/writer-1', [{ provider: 'alpha', pricing: { ...PRICING, input_cache_read: '0.0000001' } }]),
];

describe('identical requests at the same time', () => {
  it('make one call: the first pays in full, the others like hits', async () => {
    const { server, end } = await held();
    const asked = Array.from({ length: 5 }, (_, n) => server.chat({ stream: n % 2 === 0 }));
    await until(() => server.gateway.running.count === 5);
    end();
    const texts = await Promise.all(asked.map(async (one) => (await one).text()));
    expect(server.provider().calls).toHaveLength(1);
    for (const [n, text] of texts.entries()) {
      expect(n % 2 === 0 ? saidIn(text) : at(JSON.parse(text), 'choices.0.message.content')).toBe('Hello');
    }
    // 0.00002 + 4 × 0.000001
    expect(await server.spent()).toBe('0.000024');
  });

  it('go on when the first leaves, which pays all the same', async () => {
    const { server, end } = await held();
    const leave = new AbortController();
    const leader = await server.chat({ stream: true }, { signal: leave.signal });
    await new Reading(leader).until('Hel');
    const followers = [server.chat({ stream: true }), server.chat({})];
    await until(() => server.gateway.running.count === 3);
    leave.abort();
    await until(
      async () => (await server.generation(leader.headers.get('x-generation-id')))['status'] === 'pending',
    );
    end();
    const [first, second] = await Promise.all(followers.map(async (one) => (await one).text()));
    expect(saidIn(first ?? '')).toBe('Hello');
    expect(at(JSON.parse(second ?? ''), 'choices.0.message.content')).toBe('Hello');
    expect(server.provider().calls).toHaveLength(1);
    await server.settled();
    const generation = await server.generation(leader.headers.get('x-generation-id'));
    expect(generation).toMatchObject({ total_cost: 0.00002, cancelled: true });
    expect(await server.spent()).toBe('0.000022');
  });

  it('run by themselves when the first fails before output', async () => {
    const { server } = await held();
    const end = Promise.withResolvers<void>();
    server.provider().play(async (res, call) => {
      await end.promise;
      await refuse(500)(res, call);
    }, whole('Second try'));
    const asked = [server.ask(), server.ask()];
    await until(() => server.gateway.running.count === 2);
    end.resolve();
    const statuses = (await Promise.all(asked)).map(({ status }) => status).toSorted((a, b) => a - b);
    expect(statuses).toEqual([200, 502]);
    expect(await server.spent()).toBe('0.00002');
  });

  it('of two accounts make two calls', async () => {
    const { server, end } = await held();
    const asked = [server.chat({ stream: true }), server.chat({ stream: true }, { key: KEYS.stranger })];
    await until(() => server.provider().calls.length === 2);
    end();
    for (const one of asked) await (await one).text();
  });
});

/** A gateway whose provider says half a word, and the rest when the test says so. */
async function held(): Promise<{ server: GatewayServer; end: () => void }> {
  const server = await gatewayServer({ models });
  const rest = Promise.withResolvers<void>();
  server.provider().play(async (res, call) => {
    if (call.json?.['stream'] !== true) {
      await rest.promise;
      return answers(['Hello'], { prompt_tokens: 10, completion_tokens: 5 })(res, call);
    }
    res.setHeader('content-type', 'text/event-stream');
    res.write(roleChunk() + textChunk('Hel'));
    await rest.promise;
    res.end(textChunk('lo') + finishChunk() + usageChunk() + DONE);
  });
  return { server, end: rest.resolve };
}
