import {
  BREAK,
  DONE,
  errorChunk,
  finishChunk,
  refuse,
  reset,
  roleChunk,
  streams,
  textChunk,
  usageChunk,
  type ReceivedCall,
  type Script,
} from '@onerouter/core/testing';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { answers } from '../support/answers.ts';
import { gatewayServer, KEYS, model } from '../support/gateway.ts';

const CALLS = 400;
const AT_ONCE = 40;

const USAGE = { prompt_tokens: 10, completion_tokens: 5 };
const good = answers(['Hello'], USAGE);
const slow: Script = async (res, call) => {
  await wait(15);
  await good(res, call);
};
const trickle: Script = async (res) => {
  res.setHeader('content-type', 'text/event-stream');
  res.write(roleChunk());
  for (let n = 0; n < 10; n += 1) {
    await wait(3);
    res.write(textChunk('ping '));
  }
  res.end(finishChunk() + usageChunk() + DONE);
};
const SCRIPTS: readonly Script[] = [
  good,
  slow,
  (res, call) => (call.json?.['stream'] === true ? trickle : slow)(res, call),
  refuse(500),
  refuse(429),
  refuse(400),
  reset(),
  streams(roleChunk(), textChunk('Hel'), BREAK),
  streams(roleChunk(), textChunk('Hel'), errorChunk({ code: 502 }), DONE),
  streams(roleChunk(), textChunk('Hel')),
  () => {},
];

const call = fc.record({
  stream: fc.boolean(),
  script: fc.nat(SCRIPTS.length - 1),
  // Few, so that many calls are alike: hits, leaders and followers.
  seed: fc.nat(12),
  // Most stay to the end.
  leaveAfterMs: fc.option(fc.nat(30), { freq: 2 }),
  key: fc.constantFrom(KEYS.key, KEYS.limited, KEYS.stranger),
  max_tokens: fc.integer({ min: 1, max: 4_000 }),
});

it('whatever clients and providers do at once, the books balance and nothing stays open', async () => {
  const server = await gatewayServer({
    creditsUsd: '0.05',
    keyLimitUsd: '0.02',
    providers: { alpha: { timeouts: { headersMs: 200, firstTokenMs: 200, idleMs: 200 } }, beta: {} },
    models: [model('acme/writer-1', [{ provider: 'alpha' }, { provider: 'beta' }])],
  });
  const perform = (res: Parameters<Script>[0], received: ReceivedCall): void | Promise<void> =>
    (SCRIPTS[Number(received.json?.['script'])] ?? good)(res, received);
  server.provider('alpha').play(perform);
  server.provider('beta').play(good);

  const calls = fc.sample(call, { numRuns: CALLS, seed: 7 });
  const statuses = new Map<number | string, number>();
  const ids = new Map<string, string>();
  const one = async ({ leaveAfterMs, key, ...fields }: (typeof calls)[number]): Promise<void> => {
    const leave = new AbortController();
    const timer = leaveAfterMs === null ? undefined : setTimeout(() => leave.abort(), leaveAfterMs);
    try {
      const response = await server.chat(
        { ...fields, provider: { order: ['alpha'] } },
        { key, signal: leave.signal },
      );
      const id = response.headers.get('x-generation-id') ?? '';
      if (response.status !== 402) ids.set(id, key);
      count(statuses, response.status);
      await response.text();
    } catch {
      count(statuses, 'left');
    } finally {
      clearTimeout(timer);
    }
  };
  const queue = calls.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const next of queue) await one(next);
    }),
  );
  await server.settled();

  expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 402, 'left']));
  expect(
    [...statuses.keys()].filter(
      (status) => typeof status === 'number' && ![200, 400, 402, 502].includes(status),
    ),
  ).toEqual([]);
  // Every exchange that was answered is on record, and none is pending for ever.
  for (const [id, key] of ids) {
    const generation = await server.generation(id, key);
    expect(generation['status'], id).toMatch(/^(complete|cancelled|failed|truncated)$/);
    if (generation['status'] === 'failed' || generation['status'] === 'truncated')
      expect(generation['total_cost']).toBe(0);
  }
  for (const account of server.accounts) {
    const { balance } = await server.store.ledger.balance(account);
    expect(balance).toBeGreaterThanOrEqual(0n);
  }
});

function count(counts: Map<number | string, number>, what: number | string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
