import { serve, whole } from '@onerouter/core/testing';
import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { scriptedProvider } from '@onerouter/core/testing';
import { ask, candidate, chainServer } from '../support/chain.ts';

const BODY = '{"choices":[{"index":0,"message":{"content":"Hi"},"finish_reason":"stop"}]}';
const ANSWER = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`;

it('a connection that the server closed while it was idle costs no attempt', async () => {
  // Answers the first request of each connection, announces keep-alive, and resets at the second.
  const connections: Socket[] = [];
  const server = createServer((socket) => {
    connections.push(socket);
    let requests = 0;
    socket.on('error', () => {});
    socket.on('data', (data) => {
      if (!data.toString('latin1').includes('POST ')) return;
      requests += 1;
      if (requests > 1) socket.resetAndDestroy();
      else socket.write(ANSWER);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const never = await scriptedProvider(whole('never'));
  const stale = { ...never, url: `http://127.0.0.1:${port}/v1` };
  const chain = await chainServer([candidate('alpha', stale), candidate('beta', never)]);
  onTestFinished(async () => {
    await chain.close();
    await never.close();
    for (const socket of connections) socket.destroy();
    server.close();
  });
  for (let round = 0; round < 4; round += 1) {
    expect(await (await ask(chain)).json()).toMatchObject({ provider: 'alpha' });
    expect((await chain.record()).attempts).toMatchObject([
      { provider: 'alpha', status: 200, errorType: null },
    ]);
  }
  expect(never.calls).toHaveLength(0);
});

it('a fresh connection that is reset is a failure of the provider', async () => {
  const calls: string[] = [];
  const dead = await serve((req) => {
    calls.push(req.url ?? '');
    req.socket.resetAndDestroy();
  });
  const beta = await scriptedProvider(whole('Hi'));
  const chain = await chainServer([
    candidate('alpha', { ...beta, url: `${dead.url}/v1` }),
    candidate('beta', beta),
  ]);
  onTestFinished(async () => {
    await chain.close();
    await Promise.all([dead.close(), beta.close()]);
  });
  expect(await (await ask(chain)).json()).toMatchObject({ provider: 'beta' });
  expect(calls).toHaveLength(1);
  expect((await chain.record()).attempts).toMatchObject([
    { errorType: 'connection_error' },
    { errorType: null },
  ]);
});
