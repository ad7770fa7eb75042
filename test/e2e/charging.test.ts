import { decimalToScaled, formatUsd, usdNumber } from '@onerouter/core';
import type { WireUsage } from '@onerouter/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answers, embeds } from '../support/answers.ts';
import { at, model, openGateway, PRICING, type Fields, type GatewayServer } from '../support/gateway.ts';

interface Case {
  readonly why: string;
  readonly pricing?: Readonly<Record<string, string>>;
  readonly discount?: number;
  readonly free?: boolean;
  readonly usage: Fields | null;
  readonly texts?: readonly string[];
  readonly n?: number;
  readonly images?: number;
  /** Worked out by hand, in USD. */
  readonly cost: string;
}

const PLAIN = { prompt_tokens: 10, completion_tokens: 5 };
const cached = (prompt: number, hits: number, completion: number): Fields => ({
  prompt_tokens: prompt,
  completion_tokens: completion,
  prompt_tokens_details: { cached_tokens: hits },
});
const wrote = (prompt: number, hits: number, writes: number): Fields => ({
  prompt_tokens: prompt,
  completion_tokens: 1,
  prompt_tokens_details: { cached_tokens: hits, cache_write_tokens: writes },
});
const reasoned = (completion: number, reasoning: number): Fields => ({
  prompt_tokens: 10,
  completion_tokens: completion,
  completion_tokens_details: { reasoning_tokens: reasoning },
});
const READ = { ...PRICING, input_cache_read: '0.0000001' };
const WRITE = { ...READ, input_cache_write: '0.00000125' };
const THINK = { ...PRICING, internal_reasoning: '0.000003' };
const FULL = {
  prompt: '0.000003',
  completion: '0.000015',
  input_cache_read: '0.0000003',
  input_cache_write: '0.00000375',
  internal_reasoning: '0.000015',
  image: '0.0048',
  request: '0.001',
};
const FULL_USAGE = { ...wrote(1_000, 600, 300), ...reasoned(500, 200), prompt_tokens: 1_000 };
const LONG = 'x'.repeat(400);

// Unless a case says otherwise: $1 a million tokens of prompt, $2 of completion.
const CASES: readonly Case[] = [
  { why: 'tokens at the list price', usage: PLAIN, cost: '0.00002' },
  { why: '20 % off', discount: 0.2, usage: PLAIN, cost: '0.000016' },
  { why: '35 % off', discount: 0.35, usage: PLAIN, cost: '0.000013' },
  { why: '50 % off', discount: 0.5, usage: PLAIN, cost: '0.00001' },
  { why: '80 % off', discount: 0.8, usage: PLAIN, cost: '0.000004' },
  { why: '33.33 % off', discount: 0.3333, usage: PLAIN, cost: '0.000013334' },
  {
    why: '21 nano-dollars less 20 %, rounded up',
    pricing: price('0.000000007'),
    discount: 0.2,
    usage: cached(3, 0, 0),
    cost: '0.000000017',
  },
  {
    why: 'a fraction of a nano-dollar is one',
    pricing: price('0.00000000015'),
    usage: cached(1, 0, 0),
    cost: '0.000000001',
  },
  {
    why: 'one and a half is two',
    pricing: price('0.00000000015'),
    usage: cached(10, 0, 0),
    cost: '0.000000002',
  },
  {
    why: 'rounded once, not at each item',
    pricing: price('0.0000000004', '0.0000000004'),
    usage: { prompt_tokens: 1, completion_tokens: 1 },
    cost: '0.000000001',
  },
  {
    why: 'exactly one stays one',
    pricing: price('0.000000001'),
    usage: cached(1, 0, 0),
    cost: '0.000000001',
  },
  { why: '1.1 is two', pricing: price('0.0000000011'), usage: cached(1, 0, 0), cost: '0.000000002' },
  { why: 'prices in scientific notation', pricing: price('1.5e-7', '6e-7'), usage: PLAIN, cost: '0.0000045' },
  { why: 'cached tokens at their price', pricing: READ, usage: cached(100, 40, 10), cost: '0.000084' },
  {
    why: 'cached tokens, 50 % off',
    pricing: READ,
    discount: 0.5,
    usage: cached(100, 40, 10),
    cost: '0.000042',
  },
  { why: 'cached tokens without a price of their own', usage: cached(100, 40, 10), cost: '0.00012' },
  {
    why: 'cached tokens that cost nothing',
    pricing: { ...PRICING, input_cache_read: '0' },
    usage: cached(100, 40, 1),
    cost: '0.000062',
  },
  { why: 'everything cached', pricing: READ, usage: cached(100, 100, 0), cost: '0.00001' },
  { why: 'more cached than asked', pricing: READ, usage: cached(100, 500, 1), cost: '0.000012' },
  { why: 'a negative count of cached tokens', pricing: READ, usage: cached(100, -50, 1), cost: '0.000102' },
  {
    why: 'cache hits as DeepSeek reports them',
    pricing: READ,
    usage: { prompt_tokens: 100, completion_tokens: 10, prompt_cache_hit_tokens: 40 },
    cost: '0.000084',
  },
  { why: 'cache writes', pricing: WRITE, usage: wrote(100, 0, 50), cost: '0.0001645' },
  { why: 'cache writes without a price of their own', usage: wrote(100, 0, 50), cost: '0.000152' },
  { why: 'cache reads and writes', pricing: WRITE, usage: wrote(100, 30, 50), cost: '0.0001375' },
  { why: 'more cache writes than prompt', pricing: WRITE, usage: wrote(100, 80, 50), cost: '0.000055' },
  { why: 'reasoning at its price', pricing: THINK, usage: reasoned(100, 60), cost: '0.00027' },
  {
    why: 'reasoning at its price, 80 % off',
    pricing: THINK,
    discount: 0.8,
    usage: reasoned(100, 60),
    cost: '0.000054',
  },
  { why: 'reasoning without a price of its own', usage: reasoned(100, 60), cost: '0.00021' },
  {
    why: 'reasoning that costs nothing',
    pricing: { ...PRICING, internal_reasoning: '0' },
    usage: reasoned(100, 60),
    cost: '0.00009',
  },
  { why: 'more reasoning than completion', pricing: THINK, usage: reasoned(10, 99), cost: '0.00004' },
  { why: 'a negative count of reasoning', pricing: THINK, usage: reasoned(10, -9), cost: '0.00003' },
  {
    why: 'a price for each request',
    pricing: { ...PRICING, request: '0.002' },
    usage: PLAIN,
    cost: '0.00202',
  },
  {
    why: 'nothing but a price for each request',
    pricing: { ...price('0'), request: '0.005' },
    usage: PLAIN,
    cost: '0.005',
  },
  {
    why: 'a price for each request, 50 % off',
    pricing: { ...price('0'), request: '0.005' },
    discount: 0.5,
    usage: PLAIN,
    cost: '0.0025',
  },
  {
    why: 'a price for each request, and a usage of zero',
    pricing: { ...PRICING, request: '0.005' },
    usage: { prompt_tokens: 0, completion_tokens: 0 },
    cost: '0.005',
  },
  { why: 'two images', pricing: { ...PRICING, image: '0.001' }, images: 2, usage: PLAIN, cost: '0.00202' },
  {
    why: 'two images, 25 % off',
    pricing: { ...PRICING, image: '0.001' },
    discount: 0.25,
    images: 2,
    usage: PLAIN,
    cost: '0.001515',
  },
  { why: 'images without a price', images: 3, usage: PLAIN, cost: '0.00002' },
  {
    why: 'an explicit zero, which is not missing',
    usage: { prompt_tokens: 0, completion_tokens: 0 },
    cost: '0',
  },
  { why: 'a prompt alone', usage: { prompt_tokens: 7, completion_tokens: 0 }, cost: '0.000007' },
  { why: 'a negative prompt', usage: { prompt_tokens: -10, completion_tokens: 5 }, cost: '0.00001' },
  { why: 'fractions of tokens', usage: { prompt_tokens: 10.9, completion_tokens: 5.9 }, cost: '0.00002' },
  {
    why: 'a completion that only the total tells',
    usage: { prompt_tokens: 10, total_tokens: 15 },
    cost: '0.00002',
  },
  { why: 'a total that contradicts the parts', usage: { ...PLAIN, total_tokens: 9_999 }, cost: '0.00002' },
  {
    why: 'a free model',
    free: true,
    usage: { prompt_tokens: 1_000_000, completion_tokens: 1_000_000 },
    cost: '0',
  },
  {
    why: 'no usage: two tokens of prompt, ten of output',
    usage: null,
    texts: ['x'.repeat(40)],
    cost: '0.000022',
  },
  { why: 'no usage, 50 % off', usage: null, discount: 0.5, texts: ['x'.repeat(40)], cost: '0.000011' },
  {
    why: 'a report of one choice out of two',
    n: 2,
    texts: [LONG, LONG],
    usage: { prompt_tokens: 10, completion_tokens: 1 },
    cost: '0.00041',
  },
  {
    why: 'a report of two choices',
    n: 2,
    texts: [LONG, LONG],
    usage: { prompt_tokens: 10, completion_tokens: 150 },
    cost: '0.00031',
  },
  {
    why: 'a low report of one choice is believed',
    texts: [LONG],
    usage: { prompt_tokens: 10, completion_tokens: 1 },
    cost: '0.000012',
  },
  {
    why: 'a million tokens',
    pricing: price('0.000015', '0.000075'),
    usage: { prompt_tokens: 1_000_000, completion_tokens: 100_000 },
    cost: '22.5',
  },
  {
    why: 'everything at once, 20 % off',
    pricing: FULL,
    discount: 0.2,
    images: 1,
    usage: FULL_USAGE,
    cost: '0.012644',
  },
  {
    why: 'everything at once, at the list price',
    pricing: FULL,
    images: 1,
    usage: FULL_USAGE,
    cost: '0.015805',
  },
];

function price(prompt: string, completion = prompt): Readonly<Record<string, string>> {
  return { prompt, completion };
}

let server: GatewayServer;
beforeAll(async () => {
  const models = CASES.map(({ pricing = PRICING, discount, free }, index) =>
    model(`acme/case-${index}`, [
      free === true
        ? { provider: 'alpha', free }
        : {
            provider: 'alpha',
            pricing: pricing as typeof PRICING,
            ...(discount === undefined ? {} : { discount }),
          },
    ]),
  );
  server = await openGateway({ creditsUsd: '1000', models });
});
afterAll(() => server.close());

describe.each(['whole', 'stream'] as const)('what a %s answer costs', (form) => {
  it.each(CASES.map((one, index) => ({ ...one, index })))('$why: $cost', async (one) => {
    const { index, usage, texts = ['Hello'], n, images = 0, cost } = one;
    server.provider().play(answers(texts, usage as WireUsage | null));
    const before = await balance();
    const { id, shown } = await ask(form, {
      model: `acme/case-${index}`,
      ...(n === undefined ? {} : { n }),
      messages: [{ role: 'user', content: images === 0 ? 'Write.' : pictures(images) }],
    });
    const after = await balance();
    expect(formatUsd(after.totalUsage - before.totalUsage), 'charged').toBe(cost);
    expect(formatUsd(before.balance - after.balance), 'taken from the balance').toBe(cost);
    expect(at(shown, 'usage.cost'), 'usage.cost').toBe(Number(cost));
    expect(shown['cost'], 'cost').toBe(Number(cost));
    expect(at(shown, 'usage.usage_source')).toBe(
      usage === null || (n === 2 && cost === '0.00041') ? 'estimated' : 'provider',
    );
    expectParts(at(shown, 'cost_details') as Fields, Number(cost));
    const generation = await server.generation(id);
    expect(generation['total_cost'], 'total_cost').toBe(Number(cost));
    expect(sumOf(generation['lines'] as Line[]), 'lines').toBe(decimalToScaled(cost, 24));
    const credits = await server.get('/v1/credits');
    expect(at(credits.json, 'data.total_usage'), '/credits').toBe(usdNumber(after.totalUsage));
  });
});

describe('what else is charged', () => {
  it('legacy completions, with several prompts that the provider reports as one', async () => {
    server.provider().play(answers([LONG, LONG], { prompt_tokens: 10, completion_tokens: 1 }));
    const response = await server.post('/v1/completions', { model: 'acme/case-0', prompt: ['One', 'Two'] });
    expect(at(await response.json(), 'usage.cost')).toBe(0.00041);
  });

  it('embeddings, by their prompt alone', async () => {
    server.provider().play(embeds({ prompt_tokens: 8, completion_tokens: 0, total_tokens: 8 }));
    const response = await server.post('/v1/embeddings', { model: 'acme/case-1', input: 'Some text' });
    expect(at(await response.json(), 'usage.cost')).toBe(0.0000064);
  });
});

interface Line {
  readonly amount: string;
}

function sumOf(lines: readonly Line[]): bigint {
  return lines.reduce((sum, { amount }) => sum + decimalToScaled(amount, 24), 0n);
}

/** The parts are before rounding: together they are at most a nano-dollar below the cost. */
function expectParts(details: Fields, cost: number): void {
  const parts = Object.entries(details).filter(([name]) => name.endsWith('_cost'));
  const sum = parts.reduce((total, [, part]) => total + Number(part), 0);
  expect(cost - sum).toBeGreaterThan(-1e-12);
  expect(cost - sum).toBeLessThan(1e-9 + 1e-12);
}

async function balance(): Promise<{ balance: bigint; totalUsage: bigint }> {
  return server.store.ledger.balance(server.accounts[0] ?? '');
}

async function ask(form: 'whole' | 'stream', body: object): Promise<{ id: string | null; shown: Fields }> {
  const stream = form === 'stream';
  const headers = { 'cache-control': 'no-store' };
  const response = await server.chat({ ...body, stream, usage: { include: true } }, { headers });
  const id = response.headers.get('x-generation-id');
  const text = await response.text();
  expect(response.status, text).toBe(200);
  if (!stream) return { id, shown: JSON.parse(text) as Fields };
  const last = text.split('\n\n').findLast((event) => event.startsWith('data: {')) ?? '';
  expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
  return { id, shown: JSON.parse(last.slice(6)) as Fields };
}

function pictures(count: number): object[] {
  return Array.from({ length: count }, (_, index) => ({
    type: 'image_url',
    image_url: { url: `https://example.com/${index}.png` },
  }));
}
