import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEYS, openGateway, type GatewayServer } from '../support/gateway.ts';
import { readDescription, type Description } from './read-description.ts';

let server: GatewayServer;
let document: Description & Record<string, unknown>;
let generation: string;
let hash: string;

beforeAll(async () => {
  server = await openGateway({ providers: { alpha: {}, beta: {} }, people: () => ({}) });
  document = await readDescription(server.url);
  const answered = await server.ask();
  generation = answered.headers.get('x-generation-id') ?? '';
  const created = await server.post('/v1/keys', { name: 'one' }, { key: KEYS.management });
  hash = ((await created.json()) as { data: { hash: string } }).data.hash;
});
afterAll(() => server.close());

/** Routes that a management key is for. */
const ADMINISTRATION = /^\/(keys|account|credits|activity|generations)\b/;
const CHAT = { model: 'acme/writer-1', messages: [{ role: 'user', content: 'Hi' }] };

describe('what is answered is what is described, with no field besides', () => {
  it.each([
    ['GET', '/models', '/models'],
    ['GET', '/models?limit=1', '/models'],
    ['GET', '/models/count', '/models/count'],
    ['GET', '/models/user', '/models/user'],
    ['GET', '/embeddings/models', '/embeddings/models'],
    ['GET', '/models/acme/writer-1', '/models/{author}/{slug}'],
    ['GET', '/models/scribe', '/models/{slug}'],
    ['GET', '/models/acme/writer-1/endpoints', '/models/{author}/{slug}/endpoints'],
    ['GET', '/providers', '/providers'],
    ['GET', '/key', '/key'],
    ['GET', '/keys', '/keys'],
    ['POST', '/keys', '/keys', { name: 'another', limit: 1, limit_reset: 'daily' }],
    ['GET', '/keys/{hash}', '/keys/{hash}'],
    ['PATCH', '/keys/{hash}', '/keys/{hash}', { disabled: true }],
    ['DELETE', '/keys/{hash}', '/keys/{hash}'],
    ['GET', '/credits', '/credits'],
    ['GET', '/generation?id={generation}', '/generation'],
    ['GET', '/account', '/account'],
    ['PATCH', '/account', '/account', { alerts: { threshold_usd: '5' } }],
    ['GET', '/credits/balance', '/credits/balance'],
    ['GET', '/credits/entries', '/credits/entries'],
    ['GET', '/credits/methods', '/credits/methods'],
    ['GET', '/activity', '/activity'],
    ['GET', '/activity/series?by=key', '/activity/series'],
    ['GET', '/generations', '/generations'],
    ['GET', '/auth/methods', '/auth/methods'],
    ['POST', '/chat/completions', '/chat/completions', CHAT],
    ['POST', '/chat/completions/quote', '/chat/completions/quote', CHAT],
  ])('%s %s', async (method, at, path, body?: object) => {
    const response = await fetch(
      `${server.url}/v1${at.replace('{hash}', hash).replace('{generation}', generation)}`,
      {
        method,
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${ADMINISTRATION.test(path) ? KEYS.management : KEYS.key}`,
        },
        ...(body && { body: JSON.stringify(body) }),
      },
    );
    expect(undescribed(method, path, response.status, await response.json())).toEqual([]);
  });

  it('errors too', async () => {
    const response = await fetch(`${server.url}/v1/key`);
    expect(undescribed('GET', '/key', response.status, await response.json())).toEqual([]);
  });
});

/** What of an answer the document does not say. */
function undescribed(method: string, path: string, status: number, answer: unknown): readonly string[] {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema({ $id: 'api', ...(closed(document) as object) });
  const { responses } = document.paths[path]?.[method.toLowerCase()] ?? { responses: {} };
  const known = responses[String(status)]?.content !== undefined;
  const pointer = known
    ? [
        'paths',
        path,
        method.toLowerCase(),
        'responses',
        String(status),
        'content',
        'application/json',
        'schema',
      ]
    : ['components', 'schemas', 'Error'];
  if (!known && status < 400) return [`The status ${status}.`];
  const check = ajv.compile({ $ref: `api#/${pointer.map(escape).join('/')}` });
  check(answer);
  return (check.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
  );
}

function escape(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}

/** Objects that name their fields, with no others. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, closed(one)]));
  const isObject = copy['type'] === 'object' && copy['additionalProperties'] === undefined;
  return isObject ? { ...copy, additionalProperties: false } : copy;
}
