import {
  BREAK,
  chunk,
  DONE,
  errorChunk,
  finishChunk,
  roleChunk,
  scriptedProvider,
  streams,
  textChunk,
  textStream,
  usageChunk,
  type Script,
} from '@onerouter/core/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ask, candidate, chainServer, readStream, type ChainServer } from '../support/chain.ts';

const FAST = { timeouts: { firstTokenMs: 300, idleMs: 100 } };

describe('after the first output, the answer breaks off honestly on', () => {
  const faults: readonly (readonly [string, Script, string])[] = [
    ['a broken connection', streams(roleChunk(), textChunk('Hel'), BREAK), 'stream_cut'],
    ['an orderly close without a finish reason', streams(roleChunk(), textChunk('Hel')), 'stream_cut'],
    [
      'an error event',
      streams(textChunk('Hel'), errorChunk({ code: 529 }), textChunk('lo')),
      'provider_overloaded',
    ],
    [
      'an error event in the same write',
      streams(textChunk('Hel') + errorChunk({ code: 500 })),
      'provider_unavailable',
    ],
    ['finish reason error', streams(textChunk('Hel'), chunk({}, 'error'), DONE), 'provider_error'],
    ['an event that is no JSON', streams(textChunk('Hel'), 'data: {"id"\n\n'), 'provider_error'],
    ['silence', silent(roleChunk() + textChunk('Hel')), 'idle_timeout'],
  ];

  it.each(faults)('%s', async (_name, fault, errorType) => {
    const { server, beta } = await two(fault);
    const response = await ask(server, { stream: true, stream_options: { include_usage: true } });
    const read = await readStream(response);
    expect(read.text).toBe('Hel');
    const last = read.events.at(-1);
    expect(last).toMatchObject({
      error: { metadata: { error_type: errorType, origin: 'upstream' } },
      choices: [{ finish_reason: 'error' }],
    });
    expect(read.done).toBe(true);
    // Nothing may look like a clean finish: no finish reason but error, no usage.
    for (const event of read.events) {
      const [choice] = (event['choices'] ?? []) as { finish_reason?: string | null }[];
      expect([null, undefined, 'error']).toContain(choice?.finish_reason);
      expect(event['usage']).toBeUndefined();
    }
    expect(beta.calls).toHaveLength(0);
    const record = await server.record();
    expect(record.status).toBe('truncated');
    expect(record.errorType).toBe(errorType);
    expect(record.attempts).toMatchObject([{ provider: 'alpha', status: 200, errorType }]);
  });
});

describe('a stream is whole', () => {
  it('with a finish reason and no end mark', async () => {
    const { server } = await two(streams(roleChunk(), textChunk('Hello'), finishChunk()));
    const read = await readStream(await ask(server, { stream: true }));
    expect(read.text).toBe('Hello');
    expect(read.done).toBe(true);
    expect(read.events.at(-1)).toMatchObject({ choices: [{ finish_reason: 'stop' }] });
    expect((await server.record()).status).toBe('complete');
  });

  it('with an end mark and a connection that stays open behind it', async () => {
    const { server } = await two(silent(textChunk('Hello') + finishChunk() + DONE));
    const read = await readStream(await ask(server, { stream: true }));
    expect(read.text).toBe('Hello');
    expect((await server.record()).status).toBe('complete');
  });

  it('with a finish reason and then silence, without waiting for long', async () => {
    const alpha = await scriptedProvider(silent(textChunk('Hello') + finishChunk()));
    const server = await chainServer([candidate('alpha', alpha)]);
    onTestFinished(async () => {
      await server.close();
      await alpha.close();
    });
    const read = await readStream(await ask(server, { stream: true }));
    expect(read.text).toBe('Hello');
    expect((await server.record()).status).toBe('complete');
  });

  it('and its usage is shown only to clients that ask', async () => {
    const { server } = await two(textStream('Hello'));
    const plain = await readStream(await ask(server, { stream: true }));
    expect(plain.events.filter((event) => event['usage'])).toEqual([]);
    for (const wish of [{ usage: { include: true } }, { stream_options: { include_usage: true } }]) {
      const read = await readStream(await ask(server, { stream: true, ...wish }));
      expect(read.events.at(-1)).toMatchObject({
        choices: [],
        usage: { prompt_tokens: 10, completion_tokens: 5 },
      });
    }
  });

  it('when usage comes inside the last chunk', async () => {
    const last = chunk({}, 'stop').replace(
      '"choices"',
      '"usage":{"prompt_tokens":7,"completion_tokens":3},"choices"',
    );
    const { server } = await two(streams(textChunk('Hello'), last, DONE));
    const read = await readStream(await ask(server, { stream: true }));
    expect(read.events.filter((event) => event['usage'])).toEqual([]);
    expect((await server.record()).usage).toMatchObject({
      promptTokens: 7,
      completionTokens: 3,
      source: 'provider',
    });
  });

  it('when usage comes late and twice: the last report counts', async () => {
    const { server } = await two(
      streams(
        textChunk('Hello'),
        usageChunk({ prompt_tokens: 7, completion_tokens: 1 }),
        finishChunk(),
        usageChunk({ prompt_tokens: 7, completion_tokens: 4 }),
        DONE,
      ),
    );
    await readStream(await ask(server, { stream: true }));
    expect((await server.record()).usage).toMatchObject({ promptTokens: 7, completionTokens: 4 });
  });

  it('without usage: it is estimated and flagged', async () => {
    const { server } = await two(streams(textChunk('x'.repeat(400)), finishChunk(), DONE));
    const read = await readStream(await ask(server, { stream: true, usage: { include: true } }));
    expect(read.events.at(-1)).toMatchObject({
      usage: { completion_tokens: 100, usage_source: 'estimated' },
    });
    expect((await server.record()).usage?.source).toBe('estimated');
  });
});

describe('however the network cuts the bytes', () => {
  it('the same events arrive', async () => {
    const text = 'Grüße, 世界 🌍';
    const whole = [
      ': ping\n\n',
      roleChunk(),
      textChunk(text),
      textChunk(text),
      finishChunk(),
      usageChunk(),
      DONE,
    ].join('');
    const bytes = Buffer.from(whole);
    const { server, alpha } = await two(streams());
    for (let at = 1; at < bytes.length; at += 1) {
      alpha.play(cutAt(bytes, at));
      const read = await readStream(await ask(server, { stream: true }));
      expect(read.text).toBe(text + text);
      expect(read.done).toBe(true);
    }
  }, 30_000);
});

async function two(first: Script): Promise<{
  server: ChainServer;
  alpha: Awaited<ReturnType<typeof scriptedProvider>>;
  beta: Awaited<ReturnType<typeof scriptedProvider>>;
}> {
  const alpha = await scriptedProvider(first);
  const beta = await scriptedProvider(textStream('never'));
  const server = await chainServer([candidate('alpha', alpha, FAST), candidate('beta', beta, FAST)]);
  onTestFinished(async () => {
    await server.close();
    await Promise.all([alpha.close(), beta.close()]);
  });
  return { server, alpha, beta };
}

function silent(events: string): Script {
  return (res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    res.write(events);
  };
}

function cutAt(bytes: Buffer, at: number): Script {
  return async (res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    await new Promise((resolve) => res.write(bytes.subarray(0, at), resolve));
    await new Promise(setImmediate);
    res.end(bytes.subarray(at));
  };
}
