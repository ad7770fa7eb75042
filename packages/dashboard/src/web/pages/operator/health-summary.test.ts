import { expect, it } from 'vitest';
import type { EndpointHealth } from '../../api/operator.ts';
import { conditionOf, providerCondition, worstFirst } from './health-summary.ts';

function endpoint(fields: Partial<EndpointHealth> = {}): EndpointHealth {
  return {
    model: 'acme/writer',
    upstream_model: 'up',
    status: 0,
    uptime_last_5m: 100,
    uptime_last_30m: 100,
    uptime_last_1d: 100,
    latency_p50: 300,
    throughput_p50: 60,
    breaker: 'closed',
    ...fields,
  };
}
const IDLE = endpoint({ uptime_last_1d: null, latency_p50: null });

it.each([
  [endpoint(), 'Healthy'],
  [endpoint({ status: -1 }), 'In trouble'],
  [endpoint({ status: -2 }), 'Left alone'],
  [endpoint({ breaker: 'open' }), 'Left alone'],
  [endpoint({ breaker: 'half_open' }), 'Being tried again'],
  [endpoint({ uptime_last_30m: 89.9 }), 'Fails often'],
  [IDLE, 'Not called lately'],
])('%j is %s', (one, label) => {
  expect(conditionOf(one).label).toBe(label);
});

it.each([
  [[endpoint(), IDLE], 'Healthy'],
  [[endpoint(), endpoint({ breaker: 'open' })], '1 left alone'],
  [[endpoint({ status: -1 }), endpoint({ status: -1 })], 'all in trouble'],
  [[IDLE], 'Not called lately'],
  [[], 'Not called lately'],
])('a provider is as bad as its worst endpoint: %#', (endpoints, label) => {
  expect(providerCondition({ provider: 'alpha', endpoints }).label).toBe(label);
});

it('puts trouble first', () => {
  const providers = [
    { provider: 'beta', endpoints: [endpoint()] },
    { provider: 'alpha', endpoints: [endpoint()] },
    { provider: 'lab', endpoints: [endpoint({ model: 'a' }), endpoint({ model: 'b', status: -1 })] },
  ];
  const sorted = worstFirst(providers);
  expect(sorted.map(({ provider }) => provider)).toEqual(['lab', 'alpha', 'beta']);
  expect(sorted[0]?.endpoints.map(({ model }) => model)).toEqual(['b', 'a']);
});
