import { readFacts, type CommonRequest, type RequestBody, type Surface } from '@onerouter/core';
import { describe, expect, it } from 'vitest';
import { testCandidate } from '../candidate.scene.ts';
import { openaiDialect, type OpenAiDialectOptions } from './dialect.ts';
import { GATEWAY_FIELDS } from './request.ts';

describe('a request to a provider of the openai dialect', () => {
  it('is the bytes that came, with the model exchanged', () => {
    const raw =
      '{ "messages":[{"role":"user","content":"\\u00e9 😀"}],\n "model" : "writer-1", "seed": 9007199254740993 }';
    expect(sent(raw)).toBe(raw.replace('"writer-1"', '"upstream-1"'));
  });

  it('leaves out every field that speaks to the gateway', () => {
    const fields = Object.fromEntries(GATEWAY_FIELDS.map((name) => [name, name === 'models' ? ['a'] : null]));
    const raw = JSON.stringify({
      ...fields,
      model: 'a',
      messages: [{ role: 'user', content: 'x' }],
      novel: 1,
    });
    expect(JSON.parse(sent(raw))).toEqual({
      model: 'upstream-1',
      messages: [{ role: 'user', content: 'x' }],
      novel: 1,
    });
  });

  it('leaves out fields that some server would take for those the gateway has read', () => {
    const raw = '{"model":"a","messages":[],"Model":"dear","MAX_TOKENS":9,"N":7,"Temperature":1}';
    expect(JSON.parse(sent(raw))).toEqual({ model: 'upstream-1', messages: [], Temperature: 1 });
  });

  it('exchanges the model in both places where it stands twice', () => {
    expect(sent('{"model":"a","messages":[{"role":"user"}],"model":"b"}')).toBe(
      '{"model":"upstream-1","messages":[{"role":"user"}],"model":"upstream-1"}',
    );
  });

  it.each([undefined, null, { include_obfuscation: true }, { include_usage: false }])(
    'asks for usage in a stream whose options are %j',
    (options) => {
      const raw = JSON.stringify({ model: 'a', messages: [], stream: true, stream_options: options });
      expect(JSON.parse(sent(raw))).toMatchObject({ stream_options: { ...options, include_usage: true } });
    },
  );

  it('says nothing of stream options where no stream is asked for', () => {
    expect(JSON.parse(sent('{"model":"a","messages":[]}'))).not.toHaveProperty('stream_options');
  });

  it.each([
    ['chat', {}, 'max_tokens'],
    ['chat', { outputLimitField: 'max_completion_tokens' }, 'max_completion_tokens'],
    ['completions', { outputLimitField: 'max_completion_tokens' }, 'max_tokens'],
  ] as const)('carries a reserved limit (%s, %j) in %s', (surface, options, field) => {
    expect(
      JSON.parse(sent('{"model":"a","prompt":"x","messages":[]}', { surface, options, limit: 77 })),
    ).toMatchObject({
      [field]: 77,
    });
  });

  it('carries no limit to embeddings', () => {
    const body = sent('{"model":"a","input":"x"}', { surface: 'embeddings', limit: 77 });
    expect(JSON.parse(body)).toEqual({ model: 'upstream-1', input: 'x' });
  });
});

interface Sending {
  readonly surface?: Surface;
  readonly options?: OpenAiDialectOptions;
  readonly limit?: number;
}

function sent(raw: string, { surface = 'chat', options = {}, limit }: Sending = {}): string {
  const json = JSON.parse(raw) as CommonRequest;
  const body: RequestBody = { raw: Buffer.from(raw), json, facts: readFacts(surface, json) };
  const call = { surface, body, candidate: testCandidate(), apiKey: 'sk-1', outputLimit: limit };
  return openaiDialect(options).request(call).body.toString('utf8');
}
