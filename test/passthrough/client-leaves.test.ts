import { expect, it } from 'vitest';
import { CREDIT, passthroughGateway, PRICE, rawServer, rule } from './scene.ts';

it('before the answer: the provider’s call is ended, and nothing is charged', async () => {
  const { url, called, ended } = await slowProvider();
  const gateway = await passthroughGateway(url, [rule('POST', '/images/generations')]);
  const abort = new AbortController();
  const asked = gateway.call('POST', '/images/generations', { body: '{}', signal: abort.signal });
  await called;
  abort.abort();
  await expect(asked).rejects.toThrow();
  await ended;
  expect(await gateway.available()).toBe(CREDIT);
});

it('within the answer: the provider’s call is ended, and the price is charged', async () => {
  const { url, ended } = await slowProvider('first');
  const gateway = await passthroughGateway(url, [rule('POST', '/images/generations')]);
  const abort = new AbortController();
  const response = await gateway.call('POST', '/images/generations', { body: '{}', signal: abort.signal });
  abort.abort();
  await ended;
  expect(await gateway.available()).toBe(CREDIT - PRICE);
  expect(await gateway.record(response)).toMatchObject({
    status: 'cancelled',
    attempts: [{ status: 200, errorType: 'client_closed' }],
  });
});

it('within its upload: the provider’s call is ended, and nothing is charged', async () => {
  const { url, called, ended } = await slowProvider();
  const gateway = await passthroughGateway(url, [rule('POST', '/files')]);
  const abort = new AbortController();
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new Uint8Array(1000)),
  });
  const init: RequestInit = { body, duplex: 'half', signal: abort.signal };
  const asked = gateway.call('POST', '/files', init);
  await called;
  abort.abort();
  await expect(asked).rejects.toThrow();
  await ended;
  expect(await gateway.available()).toBe(CREDIT);
});

it('an upload that stops arriving is the client’s time-out, not the provider’s', async () => {
  const { url } = await slowProvider();
  const gateway = await passthroughGateway(url, [rule('POST', '/files')], { timeouts: { idleMs: 50 } });
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new Uint8Array(1000)),
  });
  const response = await gateway.call('POST', '/files', { body, duplex: 'half' } as RequestInit);
  expect(response.status).toBe(408);
  expect(await response.json()).toMatchObject({ error: { metadata: { origin: 'client' } } });
  expect(await gateway.available()).toBe(CREDIT);
});

it('a process that ends waits for the answer, then breaks it off and settles', async () => {
  const { url, ended } = await slowProvider('first');
  const gateway = await passthroughGateway(url, [rule('GET', '/files/:id')]);
  const response = await gateway.call('GET', '/files/a');
  await gateway.gateway.drain(20);
  await ended;
  await expect(response.text()).rejects.toThrow();
  expect(gateway.gateway.running.count).toBe(0);
  expect((await gateway.call('GET', '/files/a')).status).toBe(503);
});

/** A provider that never comes to an end. */
async function slowProvider(
  first?: string,
): Promise<{ url: string; called: Promise<void>; ended: Promise<void> }> {
  const called = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  const { url } = await rawServer((req, res) => {
    res.once('close', ended.resolve);
    req.resume();
    if (first !== undefined) res.write(first);
    called.resolve();
  });
  return { url, called: called.promise, ended: ended.promise };
}
