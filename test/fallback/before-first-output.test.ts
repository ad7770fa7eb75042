import {
  BREAK,
  chunk,
  DONE,
  errorChunk,
  finishChunk,
  hang,
  refuse,
  reset,
  roleChunk,
  scriptedProvider,
  streams,
  textStream,
  usageChunk,
  whole,
  type Script,
} from '@onerouter/core/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ask, candidate, chainServer, readStream, type ChainServer } from '../support/chain.ts';

const FAST = { timeouts: { connectMs: 500, headersMs: 100, firstTokenMs: 100, idleMs: 200 } };

/** Faults before the first output, with the type that the record shows. */
const STREAM_FAULTS: readonly (readonly [string, Script, string, number | null])[] = [
  ['a broken connection', reset(), 'connection_error', null],
  ['no response headers', hang(), 'first_token_timeout', null],
  ['a role and then nothing', stall(roleChunk()), 'first_token_timeout', 200],
  ['comments and nothing else', stall(': ping\n\n'), 'first_token_timeout', 200],
  ['status 408', refuse(408), 'timeout', 408],
  ['status 429', refuse(429), 'rate_limit_exceeded', 429],
  ['status 500', refuse(500), 'provider_unavailable', 500],
  ['status 503', refuse(503), 'provider_unavailable', 503],
  ['status 520, which no list knows', refuse(520), 'provider_unavailable', 520],
  ['status 529', refuse(529), 'provider_overloaded', 529],
  ['status 401', refuse(401), 'credentials_rejected', 401],
  ['status 403', refuse(403), 'credentials_rejected', 403],
  ['status 404', refuse(404), 'model_not_found', 404],
  ['an error as the first event', streams(errorChunk({ code: 529 }), DONE), 'provider_overloaded', 200],
  ['an error behind the role', streams(roleChunk(), errorChunk({ message: 'x' })), 'provider_error', 200],
  ['finish reason error', streams(roleChunk(), chunk({}, 'error'), DONE), 'provider_error', 200],
  ['an empty stream', streams(), 'empty_answer', 200],
  ['an end mark and nothing else', streams(DONE), 'empty_answer', 200],
  ['a role and the end', streams(roleChunk(), usageChunk(), DONE), 'empty_answer', 200],
  ['a break behind the role', streams(roleChunk(), BREAK), 'stream_cut', 200],
  ['an event that is no JSON', streams('data: {"choi\n\n'), 'provider_error', 200],
  ['a whole answer where a stream was asked for', whole('no'), 'malformed_answer', 200],
];

const WHOLE_FAULTS: readonly (readonly [string, Script, string, number | null])[] = [
  ['a broken connection', reset(), 'connection_error', null],
  ['no response headers', hang(), 'headers_timeout', null],
  ['status 503', refuse(503), 'provider_unavailable', 503],
  [
    'an error inside a 200',
    refuse(200, { error: { code: 429, message: 'slow down' } }),
    'rate_limit_exceeded',
    200,
  ],
  ['a body that is no JSON', refuse(200, '<html>'), 'malformed_answer', 200],
  ['a body that is no answer', refuse(200, { choices: [] }), 'empty_answer', 200],
  ['a body cut short', cutBody(), 'stream_cut', 200],
];

describe.each([true, false])(
  'before the first output (stream: %s), the next candidate answers after',
  (stream) => {
    it.each(stream ? STREAM_FAULTS : WHOLE_FAULTS)('%s', async (_name, fault, errorType, status) => {
      const { server } = await two(fault, stream ? textStream('Hel', 'lo') : whole('Hello'));
      const response = await ask(server, { stream });
      expect(response.status).toBe(200);
      if (stream) {
        const read = await readStream(response);
        expect(read.text).toBe('Hello');
        expect(read.done).toBe(true);
        // Nothing of the failed attempt may show.
        expect(read.events.filter((event) => event['error'])).toEqual([]);
        expect(new Set(read.events.map((event) => event['provider']))).toEqual(new Set(['beta']));
      } else {
        expect(await response.json()).toMatchObject({
          provider: 'beta',
          choices: [{ message: { content: 'Hello' } }],
        });
      }
      const record = await server.record();
      expect(record.status).toBe('complete');
      expect(record.provider).toBe('beta');
      expect(record.attempts).toMatchObject([
        { provider: 'alpha', model: 'alpha-writer', status, errorType },
        { provider: 'beta', model: 'beta-writer', status: 200, errorType: null },
      ]);
    });
  },
);

describe('final refusals are asked once and reported honestly', () => {
  it.each([
    [400, { error: { message: 'bad sk-secret', param: 'temperature' } }, 400, 'temperature'],
    [422, { error: { message: 'bad' } }, 422, null],
    [413, {}, 413, null],
  ])('status %i', async (status, body, expected, param) => {
    const { server, beta } = await two(refuse(status, body), whole('never'));
    const response = await ask(server);
    expect(response.status).toBe(expected);
    const text = await response.text();
    expect(text).not.toContain('sk-secret');
    expect(JSON.parse(text)).toMatchObject({
      error: {
        code: expected,
        param,
        metadata: { origin: 'upstream', previous_errors: [{ provider: 'alpha', status }] },
      },
    });
    expect(beta.calls).toHaveLength(0);
    expect((await server.record()).status).toBe('failed');
  });

  it('an empty answer with a finish reason is an answer', async () => {
    const { server, beta } = await two(streams(roleChunk(), finishChunk(), DONE), textStream('no'));
    const read = await readStream(await ask(server, { stream: true }));
    expect(read.text).toBe('');
    expect(read.done).toBe(true);
    expect(beta.calls).toHaveLength(0);
  });
});

describe('when every candidate has failed', () => {
  it('the client sees what was tried, in order', async () => {
    const { server } = await two(refuse(503), reset());
    const response = await ask(server);
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({
      error: {
        code: 502,
        metadata: {
          error_type: 'provider_unavailable',
          origin: 'upstream',
          previous_errors: [
            { provider: 'alpha', status: 503, error_type: 'provider_unavailable' },
            { provider: 'beta', status: null, error_type: 'connection_error' },
          ],
        },
      },
    });
  });

  it('refused credentials are not blamed on the caller', async () => {
    const { server } = await two(refuse(401), refuse(403));
    const response = await ask(server, { stream: true });
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({
      error: { code: 502, metadata: { error_type: 'upstream_credentials_exhausted' } },
    });
  });

  it('429 by all is 429, with the shortest wait that was named', async () => {
    const { server } = await two(
      refuse(429, {}, { 'retry-after': '7' }),
      refuse(429, {}, { 'retry-after-ms': '2500' }),
    );
    const response = await ask(server);
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('3');
  });

  it('no more attempts are made than allowed', async () => {
    const { server, beta } = await two(refuse(500), whole('never'), { maxAttempts: 1 });
    expect((await ask(server)).status).toBe(502);
    expect(beta.calls).toHaveLength(0);
  });

  it('the deadline is one over all attempts', async () => {
    const { server, beta } = await two(hang(), whole('never'), { deadlineMs: 50 });
    const response = await ask(server);
    expect(response.status).toBe(408);
    expect(await response.json()).toMatchObject({ error: { metadata: { error_type: 'deadline_exceeded' } } });
    expect(beta.calls).toHaveLength(0);
  });

  it('a waiting stream has got comments and ends with an error event', async () => {
    const { server } = await two(hang(), refuse(503), { commentMs: 20 });
    const response = await ask(server, { stream: true });
    expect(response.status).toBe(200);
    const read = await readStream(response);
    expect(read.raw).toContain(': ONEROUTER PROCESSING\n\n');
    expect(read.events).toMatchObject([{ error: { code: 502 }, choices: [{ finish_reason: 'error' }] }]);
    expect(read.done).toBe(true);
    expect((await server.record()).status).toBe('failed');
  });
});

async function two(
  first: Script,
  second: Script,
  options: Parameters<typeof chainServer>[1] = {},
): Promise<{ server: ChainServer; beta: Awaited<ReturnType<typeof scriptedProvider>> }> {
  const alpha = await scriptedProvider(first);
  const beta = await scriptedProvider(second);
  const server = await chainServer([candidate('alpha', alpha, FAST), candidate('beta', beta, FAST)], options);
  onTestFinished(async () => {
    await server.close();
    await Promise.all([alpha.close(), beta.close()]);
  });
  return { server, beta };
}

/** Sends something and then keeps the connection open. */
function stall(event: string): Script {
  return (res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    res.write(event);
  };
}

function cutBody(): Script {
  return (res) => {
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
    res.write('{"choices":', () => res.socket?.destroy());
  };
}
