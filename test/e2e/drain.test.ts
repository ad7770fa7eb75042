import { DONE, finishChunk, textChunk, usageChunk } from '@onerouter/core/testing';
import { describe, expect, it } from 'vitest';
import { at, gatewayServer, until, type GatewayServer } from '../support/gateway.ts';
import { Reading, saidIn } from '../support/reading.ts';

const STREAMS = 50;

describe('a gateway that drains', () => {
  it('lets fifty running streams finish, settles them all, and takes no new ones', async () => {
    const { server, end } = await running(STREAMS);
    let drained = false;
    const draining = server.gateway.drain(10_000).then(() => (drained = true));

    const refused = await server.ask({ seed: 'new' });
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(refused.json).toMatchObject({
      error: { code: 503, metadata: { error_type: 'shutting_down', origin: 'gateway' } },
    });
    expect((await server.get('/health/ready')).status).toBe(503);
    expect((await server.get('/health/live')).status).toBe(200);
    expect(at((await server.get('/v1/credits')).json, 'data.total_credits')).toBe(10);
    expect(drained).toBe(false);

    end();
    for (const text of await server.texts) expect(saidIn(text)).toBe('Hello');
    await draining;
    // 10 × $0.000001 + 5 × $0.000002 each
    expect(await server.spent()).toBe('0.001');
    expect(server.gateway.running.count).toBe(0);
    for (const id of server.ids) expect(await server.generation(id)).toMatchObject({ status: 'complete' });
  });

  it('ends what does not finish in time, and charges what was generated', async () => {
    const { server } = await running(3);
    await server.gateway.drain(50);
    expect(server.gateway.running.count).toBe(0);
    for (const id of server.ids) {
      // Two tokens of prompt, one of output: "Hel".
      expect(await server.generation(id)).toMatchObject({ status: 'cancelled', total_cost: 0.000004 });
    }
    for (const text of await server.texts) expect(text).not.toContain('[DONE]');
  });

  it('is done at once when nothing runs', async () => {
    const server = await gatewayServer();
    await server.gateway.drain(60_000);
    expect((await server.ask()).status).toBe(503);
  });
});

interface Running extends GatewayServer {
  readonly ids: readonly (string | null)[];
  readonly texts: Promise<string[]>;
}

/** Streams that have said half a word, and say the rest when the test says so. */
async function running(count: number): Promise<{ server: Running; end: () => void }> {
  const server = await gatewayServer();
  const rest = Promise.withResolvers<void>();
  server.provider().play(async (res) => {
    res.setHeader('content-type', 'text/event-stream');
    res.write(textChunk('Hel'));
    await rest.promise;
    res.end(textChunk('lo') + finishChunk() + usageChunk() + DONE);
  });
  const responses = await Promise.all(
    Array.from({ length: count }, (_, seed) => server.chat({ stream: true, seed })),
  );
  const readings = responses.map((response) => new Reading(response));
  await Promise.all(readings.map((reading) => reading.until('Hel')));
  await until(() => server.gateway.running.count === count);
  const texts = Promise.all(readings.map((reading) => reading.until().catch(() => '')));
  return {
    server: { ...server, ids: responses.map(({ headers }) => headers.get('x-generation-id')), texts },
    end: rest.resolve,
  };
}
