import { describe, expect, it } from 'vitest';
import { createCatalogue } from '../catalogue/create-catalogue.ts';
import type { Ask, Strategy } from '../resolve/ask.ts';
import { createResolver } from '../resolve/create-resolver.ts';
import type { HealthView } from '../resolve/health.ts';
import { fakeAsk, fakeProvider, seededRandom } from '../testing/index.ts';

const price = (usd: string): { prompt: string; completion: string } => ({ prompt: usd, completion: usd });
const catalogue = createCatalogue({
  providers: ['one', 'two', 'four'].map((name) => fakeProvider(name)),
  models: [
    {
      id: 'acme/writer-1',
      endpoints: [
        { provider: 'four', model: '4', pricing: price('0.000004') },
        { provider: 'one', model: '1', pricing: price('0.000001') },
        // The price before discount is the highest; what counts is what is charged.
        { provider: 'two', model: '2', pricing: price('0.000008'), discount: 0.75 },
      ],
    },
  ],
});
const order = (
  provider: Ask['preferences'],
  health: HealthView = {},
  parts: Partial<Ask> = {},
  strategy?: Strategy,
): string =>
  createResolver({ catalogue, strategy })(fakeAsk({ model: 'writer-1', provider }, { health, ...parts }))
    .candidates.map((one) => one.endpoint.upstreamModel)
    .join('');

const id = (provider: string): string => `${provider}/acme/writer-1`;
const unhealthy = (...providers: string[]): HealthView => ({
  healthy: (endpoint) => !providers.map(id).includes(endpoint),
});

/** How often each endpoint came first. */
function draw(rounds: number, health: HealthView = {}): Map<string, number> {
  const random = seededRandom(42);
  const first = new Map<string, number>();
  for (let round = 0; round < rounds; round += 1) {
    const winner = order({}, health, { random })[0] ?? '';
    first.set(winner, (first.get(winner) ?? 0) + 1);
  }
  return first;
}

describe('by default', () => {
  it('load is shared by 1/price², after discount', () => {
    const first = draw(10_000);
    // Weights 1, 1/4 and 1/16: shares of 76.2, 19.0 and 4.8 percent.
    expect(first.get('1')).toBeGreaterThan(7_400);
    expect(first.get('1')).toBeLessThan(7_850);
    expect(first.get('2')).toBeGreaterThan(1_750);
    expect(first.get('2')).toBeLessThan(2_060);
    expect(first.get('4')).toBeGreaterThan(380);
    expect(first.get('4')).toBeLessThan(580);
  });

  it('every endpoint is a candidate, each once', () => {
    const random = seededRandom(1);
    for (let round = 0; round < 100; round += 1)
      expect(order({}, {}, { random }).split('').toSorted().join('')).toBe('124');
  });

  it('endpoints with failures come last', () => {
    expect([...draw(300, unhealthy('one')).keys()].toSorted()).toEqual(['2', '4']);
    expect(order({}, unhealthy('one')).at(-1)).toBe('1');
  });

  it('endpoints that should be left alone come last of all, the soonest first', () => {
    const shut: Record<string, number> = { [id('one')]: 9_000, [id('two')]: 1_000 };
    const health = { ...unhealthy('four'), shutForMs: (endpoint: string) => shut[endpoint] };
    for (const sort of ['price', 'latency', undefined] as const) {
      expect(order(sort ? { sort } : {}, health)).toBe('421');
    }
  });

  it('all are tried when none is healthy', () => {
    expect(order({}, unhealthy('one', 'two', 'four'))).toHaveLength(3);
  });

  it('a random source at its edges breaks nothing', () => {
    expect(order({}, {}, { random: () => 0 })).toHaveLength(3);
    expect(order({}, {}, { random: () => 0.999_999_999_999_999_9 })).toHaveLength(3);
  });
});

describe('sort', () => {
  it('by price: cheapest first, healthy ones before the others', () => {
    expect(order({ sort: 'price' })).toBe('124');
    expect(order({ sort: { by: 'price' } }, unhealthy('one'))).toBe('241');
  });

  it('by throughput: fastest first, those without data last', () => {
    const tokens: Record<string, number> = { [id('two')]: 50, [id('four')]: 90 };
    expect(order({ sort: 'throughput' }, { throughput: (endpoint) => tokens[endpoint] })).toBe('421');
    expect(order({ sort: 'throughput' })).toBe('412');
  });

  it('by latency: soonest first, those without data last', () => {
    const ms: Record<string, number> = { [id('two')]: 50, [id('four')]: 90 };
    expect(order({ sort: 'latency' }, { latencyMs: (endpoint) => ms[endpoint] })).toBe('241');
  });
});

describe('order', () => {
  it('is kept, whatever the health, and the rest follows', () => {
    expect(order({ order: ['Four', 'two'] }, unhealthy('four'))).toBe('421');
    expect(order({ order: ['two'], sort: 'price' })).toBe('214');
  });

  it('of unknown providers changes nothing', () => {
    expect(order({ order: ['nobody'], sort: 'price' })).toBe('124');
  });
});

describe('preferred figures', () => {
  const tokens: Record<string, number> = { [id('one')]: 10, [id('two')]: 100 };
  const health: HealthView = {
    // Nine of ten requests reach a tenth of the median.
    throughput: (endpoint, percentile) => (tokens[endpoint] ?? 1_000) / (percentile === 'p90' ? 10 : 1),
    latencyMs: (endpoint, percentile) =>
      endpoint === id('two') ? (percentile === 'p99' ? 9_000 : 3_000) : undefined,
  };

  it('move those that miss them behind the others', () => {
    expect(order({ sort: 'price', preferred_min_throughput: 50 }, health)).toBe('241');
    expect(order({ sort: 'price', preferred_max_latency: 2 }, health)).toBe('142');
  });

  it('hold in every percentile that is named', () => {
    expect(order({ sort: 'price', preferred_min_throughput: { p50: 50 } }, health)).toBe('241');
    expect(order({ sort: 'price', preferred_min_throughput: { p50: 1, p90: 50 } }, health)).toBe('412');
    expect(order({ sort: 'price', preferred_max_latency: { p50: 4 } }, health)).toBe('124');
    expect(order({ sort: 'price', preferred_max_latency: { p50: 4, p99: 4 } }, health)).toBe('142');
  });

  it('are missed by no endpoint of which nothing is known', () => {
    expect(order({ sort: 'price', preferred_min_throughput: 1e9, preferred_max_latency: 0 })).toBe('124');
  });

  it('remove nothing', () => {
    expect(order({ preferred_min_throughput: 1e9, preferred_max_latency: 0 }, health)).toHaveLength(3);
  });
});

const reversed: Strategy = (candidates) => candidates.toReversed();

describe('a strategy of your own', () => {
  it('is a function, used where the request does not say how', () => {
    expect(order({}, {}, {}, reversed)).toBe('214');
    expect(order({ sort: 'price' }, {}, {}, reversed)).toBe('124');
  });
});
