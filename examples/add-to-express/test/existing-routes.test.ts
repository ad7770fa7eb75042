import { serve, type TestServer } from '@onerouter/core/testing';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { start, type Running } from '../src/main.ts';

const API_KEY = `sk-or-v1-${'ab'.repeat(32)}`;

describe('an existing server with OneRouter added', () => {
  let upstream: TestServer;
  let running: Running;

  beforeAll(async () => {
    upstream = await serve((req, res) => {
      req.resume();
      res.writeHead(200, { 'content-type': 'application/json' }).end(
        JSON.stringify({
          id: 'upstream-1',
          object: 'chat.completion',
          model: 'writer-upstream',
          choices: [{ index: 0, message: { role: 'assistant', content: 'Sold.' }, finish_reason: 'stop' }],
          usage: { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 },
        }),
      );
    });
    running = await start({
      port: 0,
      apiKey: API_KEY,
      database: ':memory:',
      catalogue: {
        providers: { alpha: { baseUrl: `${upstream.url}/v1`, apiKey: 'upstream-key' } },
        models: [
          {
            id: 'acme/writer-1',
            endpoints: [
              {
                provider: 'alpha',
                model: 'writer-upstream',
                pricing: { prompt: '0.000001', completion: '0.000002' },
              },
            ],
          },
        ],
      },
    });
  });
  afterAll(async () => {
    await running.close();
    await upstream.close();
  });

  it('keeps its own routes', async () => {
    expect(await (await fetch(running.url)).text()).toBe('The shop is open.');
    const response = await fetch(`${running.url}/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ item: 'lamp' }),
    });
    expect(await response.json()).toEqual({ ordered: 'lamp' });
  });

  it('answers the OpenAI SDK at /v1, and charges', async () => {
    const client = new OpenAI({ baseURL: `${running.url}/v1`, apiKey: API_KEY });
    const completion = await client.chat.completions.create({
      model: 'acme/writer-1',
      messages: [{ role: 'user', content: 'Sell me a lamp.' }],
    });
    expect(completion.choices[0]?.message.content).toBe('Sold.');
    expect((completion.usage as unknown as { cost: number }).cost).toBe(0.00012);
  });

  it('refuses a body over the other parser’s limit nowhere but on the other routes', async () => {
    const content = 'x'.repeat(200_000);
    const body = JSON.stringify({ model: 'acme/writer-1', messages: [{ role: 'user', content }] });
    const send = (path: string): Promise<Response> =>
      fetch(running.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${API_KEY}` },
        body,
      });
    expect((await send('/v1/chat/completions')).status).toBe(200);
    expect((await send('/orders')).status).toBe(413);
  });
});
