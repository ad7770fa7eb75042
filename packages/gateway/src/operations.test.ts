import { scriptedProvider, whole } from '@onerouter/core/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { memoryStore, testGateway, type TestGateway } from './gateway.scene.ts';

describe('health', () => {
  it('is live and ready', async () => {
    const gateway = await start();
    expect((await fetch(`${gateway.url}/health/live`)).status).toBe(200);
    expect(await (await fetch(`${gateway.url}/health/ready`)).json()).toEqual({
      status: 'ready',
      running: 0,
    });
  });

  it.each([
    ['says no', async () => false],
    ['fails', () => Promise.reject(new Error('mongodb://secret@host'))],
  ])('is unready while the store %s', async (_name, ready) => {
    const { store } = await memoryStore();
    const gateway = await start({ store: { ...store, ready } });
    const response = await fetch(`${gateway.url}/health/ready`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: 'unready', reason: 'store' });
    expect((await fetch(`${gateway.url}/health/live`)).status).toBe(200);
  });

  it('is unready while it drains', async () => {
    const gateway = await start();
    await gateway.gateway.drain(10);
    expect(await (await fetch(`${gateway.url}/health/ready`)).json()).toEqual({
      status: 'unready',
      reason: 'draining',
    });
  });
});

it('metrics count what happened, by names of the configuration', async () => {
  const gateway = await start();
  await gateway.ask();
  await gateway.ask({ model: 'acme/canary-in-a-label' });
  const text = await (await fetch(`${gateway.url}/metrics`)).text();
  expect(text).toContain('onerouter_exchanges_total{surface="chat",status="complete",cache="miss"} 1');
  expect(text).toContain('onerouter_exchanges_total{surface="chat",status="failed",cache="miss"} 1');
  expect(text).toContain('onerouter_attempts_total{provider="alpha",result="answered"} 1');
  expect(text).toContain('onerouter_tokens_total{provider="alpha",direction="prompt"} 10');
  expect(text).toContain('onerouter_cost_nanodollars_total 20000');
  expect(text).toContain('onerouter_exchanges_running 0');
  expect(text).not.toContain('canary');
});

it('the API description has the schemas that check requests', async () => {
  const gateway = await start();
  const document = (await (await fetch(`${gateway.url}/openapi.json`)).json()) as {
    openapi: string;
    paths: Record<string, unknown>;
    components: { schemas: Record<string, { properties?: Record<string, unknown>; required?: string[] }> };
  };
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining([
      '/chat/completions',
      '/completions',
      '/embeddings',
      '/models',
      '/key',
      '/generation',
    ]),
  );
  const { ChatCompletionRequest } = document.components.schemas;
  expect(ChatCompletionRequest?.required).toEqual(['messages']);
  expect(Object.keys(ChatCompletionRequest?.properties ?? {})).toEqual(
    expect.arrayContaining(['model', 'models', 'provider']),
  );
});

async function start(options: Parameters<typeof testGateway>[1] = {}): Promise<TestGateway> {
  const provider = await scriptedProvider(whole('Hello'));
  const gateway = await testGateway(provider.url, options);
  onTestFinished(async () => {
    await gateway.close();
    await provider.close();
  });
  return gateway;
}
