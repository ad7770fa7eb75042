import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppProcess, Folder } from './support/app-process.ts';

const run = promisify(execFile);

describe('a start without any provider key', () => {
  const folder = new Folder();
  let env: Record<string, string>;
  let app: AppProcess;
  let address: string;
  let apiKey: string;
  let client: OpenAI;

  beforeAll(async () => {
    env = { PORT: '0', ONEROUTER_CONFIG: folder.config({ store: `sqlite:${folder.path}/db/one.db` }) };
    app = new AppProcess(folder.path, env);
    address = await app.ready();
    apiKey = /sk-or-v1-[0-9a-f]{64}/.exec(app.stdout)?.[0] ?? '';
    client = new OpenAI({ baseURL: `${address}/v1`, apiKey, maxRetries: 0 });
  });
  afterAll(async () => {
    app.kill('SIGTERM');
    await app.exited;
    folder.remove();
  });

  it('prints the page and a curl line that works as it stands', async () => {
    expect(app.stdout).toContain(`${address}/\n`);
    const line = app.stdout.split('\n').find((one) => one.startsWith('curl ')) ?? '';
    const { stdout } = await run('sh', ['-c', `${line} --silent`]);
    const answer = JSON.parse(stdout) as OpenAI.ChatCompletion;
    expect(answer.choices[0]?.message.content).toContain('demo provider');
  });

  it('keeps the key beside the database, for the owner only', () => {
    const file = `${folder.path}/db/one.db.demo-key`;
    expect(readFileSync(file, 'utf8').trim()).toBe(apiKey);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('answers the models that quick starts name', async () => {
    const answer = await client.chat.completions.create({
      model: 'claude-3-5-sonnet@20240620',
      messages: [{ role: 'user', content: 'What is the meaning of life?' }],
    });
    expect(answer.model).toBe('anthropic/claude-3.5-sonnet');
    expect((answer.usage as unknown as { cost: number }).cost).toBeGreaterThan(0);
  });

  it('streams in several pieces, with usage at the end when asked', async () => {
    const stream = await client.chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: 'Stream.' }],
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks.filter((chunk) => chunk.choices[0]?.delta.content).length).toBeGreaterThan(3);
    expect(chunks.at(-1)?.usage?.completion_tokens).toBeGreaterThan(10);
  });

  it('stops at the limit that was asked for', async () => {
    const answer = await client.chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: 'Be short.' }],
      max_tokens: 5,
    });
    expect(answer.choices[0]?.finish_reason).toBe('length');
    expect(answer.usage?.completion_tokens).toBe(5);
  });

  it('answers every request although one provider fails now and then', async () => {
    const attempts: (string | null)[] = [];
    for (let n = 0; n < 6; n += 1) {
      const { data, response } = await client.chat.completions
        .create({
          model: 'openai/gpt-4o-mini',
          messages: [{ role: 'user', content: `Request ${n}` }],
          provider: { order: ['alpha', 'beta'] },
        } as OpenAI.ChatCompletionCreateParamsNonStreaming)
        .withResponse();
      expect(data.choices).toHaveLength(1);
      const id = response.headers.get('x-generation-id') ?? '';
      const record = await fetch(`${address}/v1/generation?id=${id}`, {
        headers: { authorization: `Bearer ${apiKey}` },
      });
      const body = (await record.json()) as { data: { attempts: { errorType: string | null }[] } };
      attempts.push(...body.data.attempts.map((attempt) => attempt.errorType));
    }
    expect(attempts.filter((errorType) => errorType !== null).length).toBeGreaterThan(0);
  });

  it('does legacy completions and embeddings', async () => {
    const text = await client.completions.create({ model: 'gpt-3.5-turbo-instruct', prompt: 'Once' });
    expect(text.choices[0]?.text).toContain('demo provider');
    const vectors = await client.embeddings.create({ model: 'text-embedding-3-small', input: ['a', 'b'] });
    expect(vectors.data.map(({ embedding }) => embedding.length)).toEqual([64, 64]);
    expect(vectors.data[0]?.embedding).not.toEqual(vectors.data[1]?.embedding);
  });

  it('has the same key after a restart, and the credits that are left', async () => {
    app.kill('SIGTERM');
    expect(await app.exited).toBe(0);
    app = new AppProcess(folder.path, env);
    address = await app.ready();
    expect(app.stdout).toContain(apiKey);
    const managementKey = readFileSync(`${folder.path}/db/one.db.demo-management-key`, 'utf8').trim();
    const credits = await fetch(`${address}/v1/credits`, {
      headers: { authorization: `Bearer ${managementKey}` },
    });
    const { data } = (await credits.json()) as { data: { total_credits: number; total_usage: number } };
    expect(data.total_credits).toBe(5);
    expect(data.total_usage).toBeGreaterThan(0);
  });
});

describe('the demo', () => {
  it('is not loaded where real keys are set', async () => {
    const folder = new Folder();
    const app = new AppProcess(folder.path, {
      PORT: '0',
      OPENAI_API_KEY: 'sk-real',
      NODE_DEBUG: 'esm',
    });
    await app.ready();
    app.kill('SIGTERM');
    await app.exited;
    folder.remove();
    expect(app.stdout).not.toContain('sk-or-v1-');
    expect(app.stderr).toContain('reference-app/src/app.ts');
    expect(app.stderr).not.toContain('aimock');
  });
});
