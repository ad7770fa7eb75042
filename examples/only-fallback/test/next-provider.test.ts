import { serve, type TestServer } from '@onerouter/core/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { start, type Running } from '../src/main.ts';

const answer = {
  id: 'upstream-1',
  model: 'second-model',
  choices: [{ index: 0, message: { role: 'assistant', content: 'From the second.' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1, completion_tokens: 4, total_tokens: 5 },
};

describe('a fixed list of providers', () => {
  const open: (TestServer | Running)[] = [];
  afterEach(async () => {
    for (const one of open.splice(0).toReversed()) await one.close();
  });

  async function provider(status: number, body: object, seen: string[] = []): Promise<string> {
    const server = await serve((req, res) => {
      seen.push(req.headers.authorization ?? '');
      req.resume();
      res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    open.push(server);
    return `${server.url}/v1`;
  }

  async function ask(first: string, second: string): Promise<Response> {
    const running = await start({
      port: 0,
      providers: {
        first: { baseUrl: first, apiKey: 'key-of-first' },
        second: { baseUrl: second, apiKey: 'key-of-second' },
      },
      order: [
        { provider: 'first', model: 'first-model' },
        { provider: 'second', model: 'second-model' },
      ],
    });
    open.push(running);
    return fetch(`${running.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer of-the-client' },
      body: JSON.stringify({ model: 'any', messages: [{ role: 'user', content: 'Hello' }] }),
    });
  }

  it('answers from the second when the first fails, with each one’s own key', async () => {
    const seen: string[] = [];
    const first = await provider(503, { error: { message: 'down' } }, seen);
    const response = await ask(first, await provider(200, answer, seen));
    expect(response.status).toBe(200);
    const body = (await response.json()) as typeof answer & { provider: string };
    expect(body.provider).toBe('second');
    expect(body.choices[0]?.message.content).toBe('From the second.');
    expect(seen).toEqual(['Bearer key-of-first', 'Bearer key-of-second']);
  });

  it('says what was tried when both fail', async () => {
    const response = await ask(await provider(503, {}), await provider(500, {}));
    expect(response.status).toBeGreaterThanOrEqual(500);
    const { error } = (await response.json()) as {
      error: { metadata: { previous_errors: { provider: string; status: number }[] } };
    };
    expect(error.metadata.previous_errors.map(({ provider, status }) => [provider, status])).toEqual([
      ['first', 503],
      ['second', 500],
    ]);
  });
});
