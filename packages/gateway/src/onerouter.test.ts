import { DONE, finishChunk, scriptedProvider, textChunk, whole } from '@onerouter/core/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { memoryStore, testGateway, writer, type TestGateway } from './gateway.scene.ts';
import { onerouter } from './onerouter.ts';

describe('options are checked before the first request', () => {
  it('a provider without an address', async () => {
    const { store } = await memoryStore();
    expect(() => onerouter({ store, providers: { mine: {} } })).toThrow('providers.mine.baseUrl');
  });

  it('a model at an unknown provider', async () => {
    const { store } = await memoryStore();
    const { models } = writer('http://127.0.0.1:1');
    expect(() => onerouter({ store, providers: {}, models })).toThrow('alpha');
  });
});

it('an unknown route answers 404 in the shape of every error', async () => {
  const { gateway } = await start();
  const response = await fetch(`${gateway.url}/v1/nowhere`);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({
    error: {
      code: 404,
      type: 'not_found_error',
      param: null,
      metadata: { error_type: 'not_found', origin: 'client' },
    },
  });
});

describe('reload', () => {
  it('puts new models on offer', async () => {
    const { gateway, provider } = await start();
    const { providers, models = [] } = writer(provider.url);
    gateway.gateway.reload({ providers, models: models.map((model) => ({ ...model, id: 'acme/other' })) });
    expect((await gateway.ask({ model: 'acme/other' })).status).toBe(200);
    expect((await gateway.ask()).status).toBe(404);
  });

  it('changes nothing when something is wrong', async () => {
    const { gateway } = await start();
    expect(() => gateway.gateway.reload({ providers: { mine: {} }, models: [] })).toThrow(
      'providers.mine.baseUrl',
    );
    expect(() => gateway.gateway.reload({ ...writer('http://127.0.0.1:1'), providers: {} })).toThrow('alpha');
    expect((await gateway.ask()).status).toBe(200);
  });
});

it('drain waits for what runs, and refuses what comes', async () => {
  const goOn = Promise.withResolvers<void>();
  const { gateway, provider } = await start();
  provider.play(async (res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    res.write(textChunk('Hel'));
    await goOn.promise;
    res.end(textChunk('lo') + finishChunk() + DONE);
  });
  const running = await gateway.ask({ stream: true });
  const drained = gateway.gateway.drain(10_000);
  const refused = await gateway.ask();
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('1');
  expect(await refused.json()).toMatchObject({
    error: { metadata: { error_type: 'shutting_down', origin: 'gateway' } },
  });
  goOn.resolve();
  await drained;
  expect(gateway.gateway.running.count).toBe(0);
  expect(await running.text()).toContain('[DONE]');
});

async function start(): Promise<{
  gateway: TestGateway;
  provider: Awaited<ReturnType<typeof scriptedProvider>>;
}> {
  const provider = await scriptedProvider(whole('Hello'));
  const gateway = await testGateway(provider.url);
  onTestFinished(async () => {
    await gateway.close();
    await provider.close();
  });
  return { gateway, provider };
}
