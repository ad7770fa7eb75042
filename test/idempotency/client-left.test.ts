import { DONE, finishChunk, textChunk, usageChunk, whole } from '@onerouter/core/testing';
import { expect, it } from 'vitest';
import { gatewayServer, until } from '../support/gateway.ts';
import { Gate, newKey, under } from './support.ts';

it.each([
  ['whole', {}],
  ['stream', { stream: true }],
])('a client that left before its answer (%s) gets it when it comes back', async (form, fields) => {
  const server = await gatewayServer({ cache: { ttlMs: 0 } });
  const gate = new Gate();
  server.provider().play(async (res, call) => {
    if (form === 'stream') {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write(textChunk('Hel'));
    }
    await gate.pass();
    if (form === 'stream') res.end(textChunk('lo') + finishChunk() + usageChunk() + DONE);
    else await whole('Hello')(res, call);
  });
  const key = newKey();
  const leaving = new AbortController();
  const left = server
    .chat(fields, under(key, { signal: leaving.signal }))
    .then((response) => response.text());
  await gate.reached;
  leaving.abort();
  await expect(left).rejects.toThrow();
  // While it still runs it can be joined.
  const joined = server.chat(fields, under(key));
  await until(() => server.gateway.running.count === 2);
  gate.open();
  const text = await (await joined).text();
  await server.settled();
  const again = await server.chat(fields, under(key));
  expect(await again.text()).toBe(text);
  expect(text).toContain(form === 'stream' ? 'lo' : 'Hello');
  expect(server.provider().calls).toHaveLength(1);
  expect(await server.spent()).toBe('0.00002');
});

it('one that left, and nobody came back, is charged once, and its answer waits', async () => {
  const server = await gatewayServer({ cache: { ttlMs: 0 } });
  const gate = new Gate();
  server.provider().play(async (res, call) => {
    await gate.pass();
    await whole('Hello')(res, call);
  });
  const key = newKey();
  const leaving = new AbortController();
  const left = server.chat({}, under(key, { signal: leaving.signal }));
  await gate.reached;
  leaving.abort();
  await expect(left).rejects.toThrow();
  gate.open();
  await server.settled();
  const again = await server.ask({}, under(key));
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect(again.json['choices']).toMatchObject([{ message: { content: 'Hello' } }]);
  expect(server.provider().calls).toHaveLength(1);
  expect(await server.spent()).toBe('0.00002');
});

it('a repeat that leaves while it waits changes nothing for the others', async () => {
  const server = await gatewayServer();
  const gate = new Gate();
  server.provider().play(async (res, call) => {
    await gate.pass();
    await whole('Hello')(res, call);
  });
  const key = newKey();
  const first = server.ask({}, under(key));
  await gate.reached;
  const leaving = new AbortController();
  const repeat = server.chat({}, under(key, { signal: leaving.signal }));
  await until(() => server.gateway.running.count === 2);
  leaving.abort();
  await expect(repeat).rejects.toThrow();
  await until(() => server.gateway.running.count === 1);
  gate.open();
  expect((await first).status).toBe(200);
});

it('a gateway that shuts down does not wait for answers that nobody waits for', async () => {
  const server = await gatewayServer();
  const gate = new Gate();
  server.provider().play(async () => gate.pass());
  const leaving = new AbortController();
  const left = server.chat({}, under(newKey(), { signal: leaving.signal }));
  await gate.reached;
  leaving.abort();
  await expect(left).rejects.toThrow();
  await server.gateway.drain(1);
  expect(server.gateway.running.count).toBe(0);
  gate.open();
});
