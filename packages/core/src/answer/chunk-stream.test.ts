import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChunkStream } from './chunk-stream.ts';
import { cutAt } from '../testing/cut-at.ts';
import { latin1ToUtf8 } from './bytes-as-text.ts';
import { EventSplitter, eventData } from './event-splitter.ts';

const OWNED = { id: 'gen-1', model: 'acme/writer', provider: 'alpha' };
const BASE = { id: 'up-1', object: 'chat.completion.chunk', created: 17, model: 'writer-up' };

function delta(content: string, more: object = {}): string {
  return JSON.stringify({
    ...BASE,
    choices: [{ index: 0, delta: { content }, finish_reason: null }],
    ...more,
  });
}
const ROLE = JSON.stringify({ ...BASE, choices: [{ index: 0, delta: { role: 'assistant' } }] });
const FINISH = JSON.stringify({ ...BASE, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
const USAGE = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };

function read(parts: readonly (string | Buffer)[], owned: typeof OWNED | null = OWNED) {
  const stream = new ChunkStream(owned ?? undefined);
  let out = '';
  for (const part of parts) out += stream.push(Buffer.from(part));
  out += stream.end();
  return { out, facts: stream.facts };
}

function payloads(out: string): unknown[] {
  return new EventSplitter()
    .push(out)
    .map((event) => eventData(event))
    .filter((data) => data !== undefined)
    .map((data) => JSON.parse(latin1ToUtf8(data)) as unknown);
}

describe('the fields that the gateway owns', () => {
  it('replace the provider’s in every event, in all the rest nothing changes', () => {
    const events = [ROLE, delta('Hé'), delta('llo 🎈'), delta('"usage": 1'), FINISH];
    const { out } = read([`${events.map((event) => `data: ${event}\n\n`).join('')}data: [DONE]\n\n`]);
    expect(payloads(out)).toEqual(events.map((event) => ({ ...(JSON.parse(event) as object), ...OWNED })));
  });

  it('are put in place without touching a byte inside choices', () => {
    const choices =
      '[ {"index":0,"delta": {"content":"\\u00e9\\/ é"}, "x": 1.0e2, "big": 12345678901234567890} ]';
    const first = `data: {"id":"a", "model":"m","choices": ${choices}}\n\n`;
    const second = `data: {"id":"a", "model":"m","choices": ${choices.replace('1.0e2', '2.0')}}\n\n`;
    const out = latin1ToUtf8(read([first + second]).out);
    expect(out).toContain(choices);
    expect(out).toContain(choices.replace('1.0e2', '2.0'));
    expect(out).not.toContain('"a"');
  });

  it('are replaced wherever they stand, twice, or with escapes in their names', () => {
    const event = `{"choices":[{"index":0,"delta":{"content":"x"}}],"id":"a","m\\u006fdel":"b","id":"c","cost":4}`;
    const { out } = read([`data: ${event}\n\n`.repeat(3)]);
    for (const payload of payloads(out)) {
      expect(payload).toEqual({ choices: [{ index: 0, delta: { content: 'x' } }], ...OWNED });
    }
    expect(out).not.toMatch(/"[abc]"/);
  });

  it('follow a provider that changes the beginning of its events midway', () => {
    const later = delta('two').replace('"created":17', '"created":18');
    const { out } = read([`data: ${delta('one')}\n\ndata: ${later}\n\ndata: ${delta('three')}\n\n`]);
    expect(payloads(out)).toMatchObject([{ created: 17, ...OWNED }, { created: 18, ...OWNED }, OWNED]);
  });

  it('are left alone when nothing is owned: every byte passes', () => {
    const text = `: hi\n\ndata: ${ROLE}\r\n\r\ndata:${delta('x', { usage: USAGE })}\n\ndata: [DONE]\n\n`;
    const { out, facts } = read([text], null);
    expect(out).toBe(text);
    expect(facts).toMatchObject({ done: true, output: true, usage: { promptTokens: 3 } });
  });
});

describe('forms of events', () => {
  it.each([
    ['data: ', '\n\n'],
    ['data:', '\n\n'],
    ['data: ', '\r\n\r\n'],
    ['\ufeffdata: ', '\n\n'],
    ['event: message\ndata: ', '\n\n'],
    [': ping\nid: 4\ndata: ', '\nretry: 1\n\n'],
  ])('an event between %j and %j keeps its frame', (before, after) => {
    const { out, facts } = read([
      before + delta('hé') + after,
      before + delta('y') + after,
      before + FINISH + after,
    ]);
    const text = latin1ToUtf8(out);
    expect(text.startsWith(`${before}{`)).toBe(true);
    expect(text.endsWith(`}${after}`)).toBe(true);
    expect(payloads(out)).toMatchObject([OWNED, OWNED, { ...OWNED, choices: [{ finish_reason: 'stop' }] }]);
    expect(facts).toMatchObject({ output: true, finishReason: 'stop', upstreamId: 'up-1', created: 17 });
  });

  it('data over several lines is joined to one', () => {
    const { out } = read([
      `data: {"id":"a",\ndata: "choices":[{"index":0,\r\ndata:"delta":{"content":"x"}}]}\n\n`,
    ]);
    expect(payloads(out)).toEqual([{ ...OWNED, choices: [{ index: 0, delta: { content: 'x' } }] }]);
  });

  it('comments and events without data pass', () => {
    const text = `: OPENROUTER PROCESSING\n\nevent: ping\n\ndata:\n\n`;
    const { out, facts } = read([text]);
    expect(out).toBe(text);
    expect(facts).toMatchObject({ output: false, error: undefined });
  });

  it('a last event without its empty line still counts', () => {
    const { out, facts } = read([`data: ${delta('x')}\n\n`, `data: ${FINISH}`]);
    expect(payloads(out)).toHaveLength(2);
    expect(facts.finishReason).toBe('stop');
  });

  it.each(['data: [DONE]\n\n', 'data:[DONE]\r\n\r\n', 'data: [DONE] \n\n'])(
    '%j ends the answer and is kept back',
    (done) => {
      const { out, facts } = read([`data: ${delta('x')}\n\n`, done, `data: ${delta('late')}\n\n`]);
      expect(payloads(out)).toHaveLength(1);
      expect(facts.done).toBe(true);
    },
  );
});

describe('a stream that ends', () => {
  it('in the middle of an event is broken, and the half event does not pass', () => {
    const { out, facts } = read([`data: ${delta('x')}\n\n`, 'data: {"id":"up-1","cho']);
    expect(payloads(out)).toHaveLength(1);
    expect(facts).toMatchObject({ done: false, finishReason: null, error: { status: undefined } });
  });

  it('without an empty line behind [DONE] is whole', () => {
    expect(read([`data: ${delta('x')}\n\n`, 'data: [DONE]']).facts.done).toBe(true);
  });

  it('says nothing more after an error or its end mark', () => {
    expect(payloads(read(['data: {"error":{}}\n\n', `data: ${delta('x')}`]).out)).toHaveLength(0);
    expect(payloads(read(['data: [DONE]\n\n', `data: ${delta('x')}`]).out)).toHaveLength(0);
  });
});

const CUTS = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });
const EVENT = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => delta(text)) },
  fc.constantFrom(
    ROLE,
    FINISH,
    delta('u', { usage: USAGE }),
    delta('n', { usage: null }),
    '[DONE]',
    '{"error":{}}',
  ),
  fc.constant(JSON.stringify({ ...BASE, choices: [], usage: USAGE })),
);
const FRAME = fc.constantFrom<[string, string]>(
  ['data: ', '\n\n'],
  ['data:', '\n\n'],
  ['data: ', '\r\n\r\n'],
  [': ping\n\ndata: ', '\n\n'],
);

describe('cuts of the network', () => {
  it('change neither the bytes nor the facts', () => {
    fc.assert(
      fc.property(
        fc.array(EVENT, { minLength: 1, maxLength: 10 }),
        FRAME,
        CUTS,
        (events, [before, after], at) => {
          const bytes = Buffer.from(events.map((event) => before + event + after).join(''));
          expect(read(cutAt(bytes, at))).toEqual(read([bytes]));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('change nothing when every byte comes alone', () => {
    const text = [ROLE, delta('é'), delta('🎈'), FINISH, '[DONE]']
      .map((event) => `data: ${event}\n\n`)
      .join('');
    const bytes = Buffer.from(text);
    expect(read(Array.from(bytes, (byte) => Buffer.from([byte])))).toEqual(read([bytes]));
  });
});
