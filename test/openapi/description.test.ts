import { stripeCredits } from '@onerouter/billing/stripe';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { gatewayServer, type GatewayServerOptions } from '../support/gateway.ts';
import { servedRoutes } from './walk-router.ts';
import { operationsOf, readDescription } from './read-description.ts';

const SIDES: readonly [name: string, options: GatewayServerOptions][] = [
  ['for programs alone', {}],
  ['for people', { people: () => ({}) }],
  [
    'for people who buy',
    {
      people: ({ ledger, payments }) => ({
        payments: stripeCredits({ ledger, payments, secretKey: 'sk_test_1', webhookSecret: 'whsec_1' }),
      }),
    },
  ],
];

describe.each(SIDES)('the description of a gateway %s', (_name, options) => {
  it('is valid OpenAPI 3.1', async () => {
    const { url } = await gatewayServer(options);
    const validator = new Validator();
    expect(await validator.validate(await readDescription(url))).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('has every route that is served, and no other', async () => {
    const { url, gateway } = await gatewayServer(options);
    const described = operationsOf(await readDescription(url)).map(({ name }) => name);
    expect([...servedRoutes(gateway)].toSorted()).toEqual(described.toSorted());
  });

  it('names every operation once, with a tag, what it does, and the shared error', async () => {
    const { url } = await gatewayServer(options);
    const operations = operationsOf(await readDescription(url));
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { name, operation } of operations) {
      expect(operation, name).toMatchObject({
        operationId: expect.stringMatching(/^\w+$/),
        tags: [expect.any(String)],
        summary: expect.any(String),
        responses: { default: { $ref: '#/components/responses/Error' } },
      });
    }
  });
});

it('has the routes that the app mounts beside it', async () => {
  const responses = { '200': { description: 'The weather.' } };
  const weather = {
    '/weather': { get: { operationId: 'getWeather', security: [{ session: [] }], responses } },
  };
  const { url } = await gatewayServer({ openapi: [weather] });
  const { paths, components } = await readDescription(url);
  expect(paths['/weather']).toMatchObject({ get: { responses: { default: {} } } });
  expect(components.securitySchemes).toMatchObject({ session: { in: 'cookie' } });
});

it.each([
  ['an operation twice', { '/models': { get: { responses: {} } } }, 'GET /models is described twice.'],
  [
    'a way in that there is not',
    { '/weather': { get: { security: [{ ticket: [] }], responses: {} } } },
    'GET /weather asks for the unknown security scheme ticket.',
  ],
])('refuses %s when it starts', async (_name, paths, message) => {
  await expect(gatewayServer({ openapi: [paths] })).rejects.toThrow(message);
});
