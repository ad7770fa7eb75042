import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answers, embeds } from '../support/answers.ts';
import { model, openGateway, type GatewayServer } from '../support/gateway.ts';

/** So many bodies; a soak raises it. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 2_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_122);
const BATCH = 10;

const PATHS = ['/v1/chat/completions', '/api/v1/completions', '/v1/embeddings'] as const;
const MODELS = ['acme/writer-1', 'scribe', 'acme/writer-1:floor', 'acme/vectors', 'acme/nothing', ''];

const scalar = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.double(),
  fc.constantFrom(0, -1, 1, 2, 1.5, 2 ** 31, 2 ** 53, 1e308),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom('', '\u0000', '\ud800', '__proto__', 'stop', 'user', 'x'.repeat(5_000)),
);
const value = fc.oneof({ weight: 3, arbitrary: scalar }, fc.jsonValue({ maxDepth: 4 }));
const part = fc.record(
  {
    type: fc.constantFrom('text', 'image_url', 'file', 'input_audio', 'video_url', 'novel', ''),
    text: value,
    image_url: value,
  },
  { requiredKeys: ['type'] },
);
/** Right most of the time, so that what goes wrong goes wrong alone. */
const mostly = <T>(right: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 30, arbitrary: right }, { weight: 1, arbitrary: value });
const some = { requiredKeys: [] };
const message = fc.record(
  {
    role: mostly(fc.constantFrom('user', 'system', 'assistant', 'tool')),
    content: mostly(fc.oneof(fc.string(), fc.array(part, { maxLength: 3 }))),
    tool_calls: value,
    name: value,
  },
  { requiredKeys: ['role', 'content'] },
);
const names = fc.array(fc.constantFrom('alpha', 'ALPHA', 'beta', 'x'), { maxLength: 3 });
const routing = fc.record(
  {
    order: mostly(names),
    only: mostly(names),
    ignore: mostly(names),
    allow_fallbacks: mostly(fc.boolean()),
    data_collection: mostly(fc.constantFrom('allow', 'deny')),
    zdr: mostly(fc.boolean()),
    quantizations: mostly(fc.constant(['unknown'])),
    sort: mostly(fc.constantFrom('price', 'latency', { by: 'throughput', partition: 'none' })),
    max_price: mostly(fc.constantFrom({ prompt: 1 }, { completion: '0.5' }, {})),
    require_parameters: mostly(fc.boolean()),
  },
  some,
);
const inputs = fc.oneof(
  fc.string(),
  fc.array(fc.string(), { minLength: 1 }),
  fc.array(fc.integer(), { minLength: 1 }),
);
/** Fields that the gateway reads. */
const optional = fc.record(
  {
    models: mostly(fc.array(fc.constantFrom(...MODELS.slice(0, 5)), { maxLength: 3 })),
    provider: mostly(routing),
    stream: mostly(fc.boolean()),
    stream_options: mostly(fc.constantFrom(null, { include_usage: true }, {})),
    usage: mostly(fc.constantFrom({ include: true }, null)),
    n: mostly(fc.integer({ min: 1, max: 3 })),
    best_of: mostly(fc.integer({ min: 1, max: 3 })),
    max_tokens: mostly(fc.integer({ min: 1, max: 100 })),
    max_completion_tokens: mostly(fc.integer({ min: 1, max: 2 ** 31 - 1 })),
    tools: value,
    response_format: value,
    temperature: value,
    user: mostly(fc.string()),
    session_id: mostly(fc.string()),
    ['__proto__']: value,
  },
  some,
);
const request = fc
  .record({
    model: mostly(fc.constantFrom(...MODELS)),
    messages: mostly(fc.array(message, { minLength: 1, maxLength: 3 })),
    prompt: mostly(inputs),
    input: mostly(inputs),
  })
  .chain((needed) => optional.map((rest) => ({ ...needed, ...rest })));
const text = request.map((one) => JSON.stringify(one));
const body: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 6, arbitrary: text.map((one) => Buffer.from(one)) },
  // Cut off, repeated, or with a byte changed.
  {
    weight: 1,
    arbitrary: fc.tuple(text, fc.nat()).map(([one, n]) => Buffer.from(one).subarray(0, n % (one.length + 1))),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(text, text)
      .map(([one, other]) => Buffer.from(`${one.slice(0, -1)},${other.slice(1)}`)),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(text, fc.nat(), fc.integer({ min: 0, max: 255 })).map(([one, at, byte]) => {
      const bytes = Buffer.from(one);
      bytes[at % bytes.length] = byte;
      return bytes;
    }),
  },
  { weight: 1, arbitrary: fc.json().map((one) => Buffer.from(one)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom('tools', 'messages', 'x', 'provider'),
        fc.integer({ min: 1, max: 10_000 }),
        fc.boolean(),
      )
      .map(([name, depth, list]) => {
        const deep = list
          ? `${'['.repeat(depth)}${']'.repeat(depth)}`
          : `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
        return Buffer.from(
          `{"model":"scribe","prompt":"x","input":"x","messages":[{"role":"user","content":"x"}],"${name}":${deep}}`,
        );
      }),
  },
);

let server: GatewayServer;
const logged: unknown[] = [];
const report = (fields: object, message: string): unknown =>
  logged.push([message, (fields as { err?: unknown }).err]);
beforeAll(async () => {
  server = await openGateway({
    creditsUsd: '1000',
    log: { warn: report, error: report },
    models: [
      model('acme/writer-1', [{ provider: 'alpha' }], { aliases: ['scribe'] }),
      model('acme/vectors', [{ provider: 'alpha' }], { outputModalities: ['embeddings'] }),
    ],
  });
  const usage = { prompt_tokens: 3, completion_tokens: 2 };
  const [complete, embed] = [answers(['ok'], usage), embeds(usage)];
  server.provider().play((res, call) => (call.path.includes('embeddings') ? embed : complete)(res, call));
});
afterAll(() => server.close());

describe('whatever the body', () => {
  it(`no answer of ${RUNS} is a 5xx, and nothing but a 200 is charged`, { timeout: 600_000 }, async () => {
    const statuses = new Map<number, number>();
    const batch = fc.array(fc.tuple(fc.constantFrom(...PATHS), body), { minLength: BATCH, maxLength: BATCH });
    await fc.assert(
      fc.asyncProperty(batch, async (calls) => {
        const before = await server.spent();
        const seen = await Promise.all(
          calls.map(async ([path, bytes]) => {
            const response = await server.post(path, bytes);
            const answer = await response.text();
            return { status: response.status, answer, bytes: Buffer.from(bytes).toString() };
          }),
        );
        for (const { status, answer, bytes } of seen) {
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          expect(status, `${bytes.slice(0, 2_000)}\n${answer}`).toBeLessThan(500);
          if (status !== 200) expect(JSON.parse(answer)).toHaveProperty('error.code', status);
        }
        if (seen.every(({ status }) => status !== 200)) expect(await server.spent()).toBe(before);
      }),
      { seed: SEED, numRuns: Math.ceil(RUNS / BATCH), endOnFailure: true },
    );
    // The generator is worth something only while both good and bad bodies come out of it.
    expect(statuses.get(200)).toBeGreaterThan(RUNS / 20);
    expect(statuses.get(400)).toBeGreaterThan(RUNS / 20);
    expect(statuses.get(404)).toBeGreaterThan(0);
    expect(logged).toEqual([]);
  });

  it('the gateway still answers', async () => {
    expect((await server.ask()).status).toBe(200);
  });
});
