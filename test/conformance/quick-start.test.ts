import OpenAI from 'openai';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answers } from '../support/answers.ts';
import { KEYS, model, openGateway, type GatewayServer } from '../support/gateway.ts';

const USAGE = { prompt_tokens: 10, completion_tokens: 5 };
const CLAUDE = 'claude-3-5-sonnet@20240620';

let server: GatewayServer;
beforeAll(async () => {
  const claude = model('anthropic/claude-3.5-sonnet', [{ provider: 'alpha' }], { aliases: [CLAUDE] });
  server = await openGateway({ models: [claude] });
});
afterAll(() => server.close());

describe('the quick start', () => {
  const body = { model: CLAUDE, messages: [{ role: 'user', content: 'What is the meaning of life?' }] };
  beforeEach(() => server.provider().play(answers(['42'], USAGE)));

  it.each(['/v1', '/api/v1'])('works with the OpenAI SDK at %s', async (base) => {
    const openai = new OpenAI({ apiKey: KEYS.key, baseURL: server.url + base, maxRetries: 0 });
    const asked = {
      model: CLAUDE,
      messages: [{ role: 'user' as const, content: 'What is the meaning of life?' }],
    };
    const answer = await openai.chat.completions.create(asked);
    expect(answer.model).toBe('anthropic/claude-3.5-sonnet');
    expect(answer.choices[0]?.message.content).toBe('42');
    expect(server.provider().calls.at(-1)?.json?.['model']).toBe('alpha-up');
  });

  it.each(['/v1', '/api/v1'])('works with fetch at %s', async (base) => {
    const response = await fetch(`${server.url}${base}/chat/completions`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${KEYS.key}`,
        'HTTP-Referer': 'https://example.com',
        'X-Title': 'Example',
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    expect(await response.json()).toMatchObject({ choices: [{ message: { content: '42' } }] });
  });

  it.each(['/v1', '/api/v1'])('works with curl at %s', async (base) => {
    const { stdout } = await promisify(execFile)('curl', [
      `${server.url}${base}/chat/completions`,
      '-s',
      '-H',
      'Content-Type: application/json',
      '-H',
      `Authorization: Bearer ${KEYS.key}`,
      '-d',
      JSON.stringify(body),
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ choices: [{ message: { content: '42' } }] });
  });
});
