import type { EndpointHealth, ProviderHealth } from '../../api/operator.ts';

export type Tone = 'good' | 'warn' | 'bad' | 'idle';

/** How an endpoint, or a whole provider, fares. */
export interface Condition {
  readonly tone: Tone;
  readonly label: string;
}

/** In percent: below it an endpoint is not called healthy, though the last calls went well. */
const LEAST_UPTIME = 90;
const TROUBLE: Partial<Record<Tone, string>> = { bad: 'left alone', warn: 'in trouble' };
const ORDER: readonly Tone[] = ['bad', 'warn', 'good', 'idle'];

export function conditionOf(endpoint: EndpointHealth): Condition {
  if (endpoint.breaker === 'open' || endpoint.status === -2) return { tone: 'bad', label: 'Left alone' };
  if (endpoint.breaker === 'half_open') return { tone: 'warn', label: 'Being tried again' };
  if (endpoint.status === -1) return { tone: 'warn', label: 'In trouble' };
  if ((endpoint.uptime_last_30m ?? 100) < LEAST_UPTIME) return { tone: 'warn', label: 'Fails often' };
  return isIdle(endpoint) ? { tone: 'idle', label: 'Not called lately' } : { tone: 'good', label: 'Healthy' };
}

/** A provider is as bad as its worst endpoint. */
export function providerCondition({ endpoints }: ProviderHealth): Condition {
  const tones = endpoints.map((one) => conditionOf(one).tone);
  const worst = ORDER.find((tone) => tones.includes(tone)) ?? 'idle';
  const words = TROUBLE[worst];
  if (words === undefined) return { tone: worst, label: worst === 'good' ? 'Healthy' : 'Not called lately' };
  const number = tones.filter((tone) => tone === worst).length;
  return { tone: worst, label: `${number === endpoints.length ? 'all' : number} ${words}` };
}

/** Trouble first, then by name. */
export function worstFirst(providers: readonly ProviderHealth[]): readonly ProviderHealth[] {
  return providers
    .map((one) => ({ ...one, endpoints: one.endpoints.toSorted(byTone) }))
    .toSorted(
      (a, b) =>
        rank(providerCondition(a)) - rank(providerCondition(b)) || a.provider.localeCompare(b.provider),
    );
}

function byTone(a: EndpointHealth, b: EndpointHealth): number {
  return rank(conditionOf(a)) - rank(conditionOf(b)) || a.model.localeCompare(b.model);
}

function rank({ tone }: Condition): number {
  return ORDER.indexOf(tone);
}

function isIdle(endpoint: EndpointHealth): boolean {
  return endpoint.uptime_last_1d === null && endpoint.latency_p50 === null;
}
