import type { Log } from '@onerouter/core';
import {
  DONE,
  errorChunk,
  finishChunk,
  refuse,
  streams,
  textChunk,
  usageChunk,
  type Script,
} from '@onerouter/core/testing';
import { openaiDialect } from '@onerouter/providers';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { answers } from '../support/answers.ts';
import { model, openGateway, type GatewayServer } from '../support/gateway.ts';
import { Reading } from '../support/reading.ts';

/** Stands in prompts, and in whatever a provider says. */
const PROMPT = 'canary 4f1d sings';
const COMPLETION = 'parrot 9b7e talks';
const BIRDS = /(canary|4f1d|parrot|9b7e) (4f1d|sings|9b7e|talks)/i;

const heard: string[] = [];
const hear = (...said: unknown[]): void => {
  heard.push(
    said
      .map((one) => (typeof one === 'string' ? one : inspect(one, { depth: 10, showHidden: true })))
      .join(' '),
  );
};
const log: Log = { warn: hear, error: hear };

let server: GatewayServer;
beforeAll(async () => {
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      hear(String(chunk));
      return true;
    });
  }
  process.on('warning', hear);
  const openai = openaiDialect();
  server = await openGateway({
    log,
    creditsUsd: '1',
    providers: {
      alpha: {},
      silent: { dialect: 'cannot-ask' },
      deaf: { dialect: 'cannot-stream' },
      blind: { dialect: 'cannot-read' },
      rude: { dialect: 'cannot-refuse' },
    },
    dialects: {
      'cannot-ask': () => ({ ...openai, request: throwing }),
      'cannot-stream': () => ({ ...openai, stream: throwing }),
      'cannot-read': () => ({ ...openai, answer: throwing }),
      'cannot-refuse': () => ({ ...openai, refusal: throwing }),
    },
    models: ['alpha', 'silent', 'deaf', 'blind', 'rude'].map((name) =>
      model(`acme/${name}`, [{ provider: name }]),
    ),
  });
});
afterAll(async () => {
  process.off('warning', hear);
  vi.restoreAllMocks();
  await server.close();
});

function throwing(...given: unknown[]): never {
  throw new Error(`Inside: ${inspect(given, { depth: 10 })} ${PROMPT} ${COMPLETION}`);
}

const messages = [{ role: 'user', content: `Say it: ${PROMPT}`, name: PROMPT }];
const usage = { prompt_tokens: 10, completion_tokens: 5 };
const echo = {
  error: {
    message: `You said ${PROMPT}, I say ${COMPLETION}`,
    code: PROMPT,
    type: COMPLETION,
    param: PROMPT,
  },
};

describe('prompts and completions reach neither log nor disk', () => {
  it.each<[string, Script, object]>([
    ['a whole answer', answers([COMPLETION], usage), {}],
    ['a stream', answers([COMPLETION], usage), { stream: true }],
    ['an answer without usage', answers([COMPLETION], null), { seed: 1 }],
    ['a refusal that echoes the prompt', refuse(400, echo), { seed: 2 }],
    ['a failure that echoes the prompt', refuse(500, echo), { seed: 3 }],
    ['a refusal that is no JSON', refuse(422, `${PROMPT} ${COMPLETION}`), { seed: 4 }],
    ['a rate limit', refuse(429, echo, { 'retry-after': PROMPT, 'x-echo': PROMPT }), { seed: 5 }],
    ['an answer that is no JSON', (res) => void res.end(`${PROMPT} ${COMPLETION}`), { seed: 6 }],
    ['a stream that is no JSON', streams(`data: ${PROMPT} ${COMPLETION}\n\n`), { seed: 7, stream: true }],
    ['a stream that breaks off', streams(textChunk(COMPLETION)), { seed: 8, stream: true }],
    [
      'an error in a stream',
      streams(textChunk(COMPLETION), errorChunk(echo.error), DONE),
      { seed: 9, stream: true },
    ],
    ['an answer that echoes the prompt where a name should be', named, { seed: 10 }],
    [
      'a stream that echoes the prompt where a name should be',
      streams(textChunk('x').replaceAll('chatcmpl-up', PROMPT), finishChunk(COMPLETION), usageChunk(), DONE),
      { seed: 11, stream: true },
    ],
  ])('%s', async (_what, script, fields) => {
    server.provider('alpha').play(script);
    await (await server.chat({ model: 'acme/alpha', messages, ...fields })).text();
  });

  it.each(['silent', 'deaf', 'blind', 'rude'])('when our own code throws: %s', async (name) => {
    server.provider(name).play(name === 'rude' ? refuse(500, echo) : answers([COMPLETION], usage));
    for (const stream of [false, true]) {
      const response = await server.chat({ model: `acme/${name}`, messages, stream });
      const text = await response.text();
      expect(response.status === 200 && !text.includes('"error"') && !/"content":/.test(text)).toBe(false);
    }
  });

  it.each([
    ['malformed JSON', `{"model":"acme/alpha","messages":[{"role":"user","content":"${PROMPT}`],
    [
      'a message that is none',
      JSON.stringify({ model: 'acme/alpha', messages: [{ role: 1, content: PROMPT }] }),
    ],
    [
      'content of a wrong type',
      JSON.stringify({ model: 'acme/alpha', messages: [{ role: 'user', content: { [PROMPT]: 1 } }] }),
    ],
    ['a parameter of a wrong type', JSON.stringify({ model: 'acme/alpha', messages, max_tokens: PROMPT })],
    ['an unknown model', JSON.stringify({ model: 'acme/nothing', messages })],
    [
      'a prompt that is too long',
      JSON.stringify({ model: 'acme/alpha', messages: [{ role: 'user', content: PROMPT.repeat(200_000) }] }),
    ],
    [
      'more than there are credits',
      JSON.stringify({ model: 'acme/alpha', messages, n: 128, max_tokens: 100_000_000 }),
    ],
  ])('bad input: %s', async (_what, body) => {
    const response = await server.post('/v1/chat/completions', body);
    const text = await response.text();
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status, text).toBeLessThan(500);
    expect(text).not.toMatch(BIRDS);
  });

  it('a client that leaves', async () => {
    server.provider('alpha').play((res) => {
      res.setHeader('content-type', 'text/event-stream');
      res.write(textChunk(COMPLETION));
    });
    const leave = new AbortController();
    const response = await server.chat(
      { model: 'acme/alpha', messages, stream: true, seed: 12 },
      { signal: leave.signal },
    );
    await new Reading(response).until(COMPLETION);
    leave.abort();
  });

  it('legacy completions and embeddings', async () => {
    server.provider('alpha').play(answers([COMPLETION], usage));
    await (await server.post('/v1/completions', { model: 'acme/alpha', prompt: PROMPT, user: 'u' })).text();
    await (await server.post('/v1/embeddings', { model: 'acme/alpha', input: [PROMPT] })).text();
  });

  it('in all of this', async () => {
    await server.settled();
    await new Promise((resolve) => setImmediate(resolve));
    for (const line of heard) expect(line).not.toMatch(BIRDS);
    // Both the database and its log were looked at, and something was there to be found.
    const files = server.files();
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['onerouter.db', 'onerouter.db-wal']));
    expect(Object.values(files).some((bytes) => bytes.includes('acme/alpha'))).toBe(true);
    for (const [name, bytes] of Object.entries(files))
      expect(bytes.toString('latin1').match(BIRDS), name).toBeNull();
  });
});

function named(...[res]: Parameters<Script>): void {
  res.setHeader('content-type', 'application/json');
  res.end(
    JSON.stringify({
      id: PROMPT,
      system_fingerprint: PROMPT,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: COMPLETION },
          finish_reason: PROMPT,
          native_finish_reason: COMPLETION,
        },
      ],
      usage: { ...usage, note: PROMPT },
    }),
  );
}
