import { PRICING, type Fields } from './gateway.ts';
import {
  PLAIN,
  cached,
  wrote,
  reasoned,
  READ,
  WRITE,
  THINK,
  FULL,
  FULL_USAGE,
  LONG,
  price,
} from './usages.ts';

export interface Case {
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

/** What usage costs. Unless a case says otherwise: $1 a million tokens of prompt, $2 of completion. */
export const CASES: readonly Case[] = [
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
