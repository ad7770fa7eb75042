import { DONE, errorChunk, finishChunk, refuse, textChunk, usageChunk, whole } from '@onerouter/core/testing';
import { describe, expect, it } from 'vitest';
import { at, gatewayServer, until } from '../support/gateway.ts';
import { Gate, newKey, otherProcess, under } from './support.ts';

const STREAM = { stream: true, stream_options: { include_usage: true } };

describe('twenty at once with one key', () => {
  it.each([
    ['whole', {}],
    ['stream', STREAM],
  ])('(%s) make one upstream call and one charge, and all get the same', async (form, fields) => {
    const server = await gatewayServer({ cache: { ttlMs: 0 } });
    const gate = new Gate();
    server.provider().play(async (res, call) => {
      await gate.pass();
      if (form === 'whole') return whole('Hello')(res, call);
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.end(textChunk('Hel') + textChunk('lo') + finishChunk() + usageChunk() + DONE);
    });
    const key = newKey();
    const asked = Array.from({ length: 20 }, () => server.chat(fields, under(key)));
    await gate.reached;
    await until(() => server.gateway.running.count === 20);
    gate.open();
    const responses = await Promise.all(asked);
    const bodies = new Set(await Promise.all(responses.map((response) => response.text())));
    expect(bodies.size).toBe(1);
    expect([...bodies][0]).toContain('Hel');
    expect(new Set(responses.map(({ headers }) => headers.get('x-generation-id'))).size).toBe(1);
    expect(responses.filter(({ headers }) => headers.has('idempotency-replayed'))).toHaveLength(19);
    await server.settled();
    expect(server.provider().calls).toHaveLength(1);
    // 10 prompt tokens at $1 and 5 of output at $2 a million.
    expect(await server.spent()).toBe('0.00002');
  });

  it('all get the error of the one that ran; the next one runs', async () => {
    const server = await gatewayServer();
    const gate = new Gate();
    server.provider().play(async (res, call) => {
      await gate.pass();
      await refuse(400)(res, call);
    }, whole('Hello'));
    const key = newKey();
    const asked = Array.from({ length: 20 }, () => server.ask({}, under(key)));
    await gate.reached;
    await until(() => server.gateway.running.count === 20);
    gate.open();
    expect(new Set((await Promise.all(asked)).map(({ status }) => status))).toEqual(new Set([400]));
    expect(server.provider().calls).toHaveLength(1);
    expect((await server.ask({}, under(key))).status).toBe(200);
  });
});

describe('a repeat of a stream that runs', () => {
  it('gets what was said so far, then each piece as it comes', async () => {
    const server = await gatewayServer({ cache: { ttlMs: 0 } });
    const gate = new Gate();
    server.provider().play(async (res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write(textChunk('Hel'));
      await gate.pass();
      res.end(textChunk('lo') + finishChunk() + usageChunk() + DONE);
    });
    const key = newKey();
    const first = await server.chat(STREAM, under(key));
    const second = await server.chat(STREAM, under(key));
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    const reader = second.body?.getReader();
    const begun = Buffer.from((await reader?.read())?.value ?? []).toString();
    expect(begun).toContain('Hel');
    expect(begun).not.toContain('[DONE]');
    gate.open();
    let rest = begun;
    for (let piece = await reader?.read(); piece?.value; piece = await reader?.read()) {
      rest += Buffer.from(piece.value).toString();
    }
    expect(rest).toBe(await first.text());
  });

  it('that breaks ends with an error, and frees the key', async () => {
    const server = await gatewayServer({ cache: { ttlMs: 0 } });
    const gate = new Gate();
    server.provider().play(async (res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write(textChunk('Hel'));
      await gate.pass();
      res.end(errorChunk({ message: 'no', code: 500 }));
    }, whole('Hello'));
    const key = newKey();
    const first = await server.chat(STREAM, under(key));
    const second = await server.chat(STREAM, under(key));
    gate.open();
    for (const response of [first, second]) {
      const text = await response.text();
      expect(text).toContain('"finish_reason":"error"');
      expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
    }
    await server.settled();
    expect(await server.spent()).toBe('0');
    expect((await server.ask({}, under(key))).status).toBe(200);
  });

  it('with another body is refused while it runs', async () => {
    const server = await gatewayServer();
    const gate = new Gate();
    server.provider().play(async (res, call) => {
      await gate.pass();
      await whole('Hello')(res, call);
    });
    const key = newKey();
    const first = server.ask({}, under(key));
    await gate.reached;
    const refused = await server.ask({ temperature: 1 }, under(key));
    expect(refused.status).toBe(409);
    expect(at(refused.json, 'error.metadata.reason')).toBe('mismatch');
    gate.open();
    expect((await first).status).toBe(200);
  });

  it('in another process is told to come back, and gets the answer then', async () => {
    const server = await gatewayServer();
    const other = await otherProcess(server);
    const gate = new Gate();
    server.provider().play(async (res, call) => {
      await gate.pass();
      await whole('Hello')(res, call);
    });
    const key = newKey();
    const first = server.chat({}, under(key));
    await gate.reached;
    const refused = await other.ask({}, key);
    expect(refused.status).toBe(409);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toMatchObject({ error: { metadata: { reason: 'running' } } });
    gate.open();
    const answer = await (await first).text();
    const again = await other.ask({}, key);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await again.text()).toBe(answer);
    expect(server.provider().calls).toHaveLength(1);
    expect(await server.spent()).toBe('0.00002');
  });
});
