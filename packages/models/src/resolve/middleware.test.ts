import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import {
  errorResponder,
  exchangeSlot,
  openExchange,
  principalSlot,
  readBody,
  routeSlot,
  type Principal,
} from '@onerouter/core';
import { serve, type TestServer } from '@onerouter/core/testing';
import { createCatalogue } from '../catalogue/create-catalogue.ts';
import { fakeProvider } from '../testing/index.ts';
import { resolveModel, type ResolveModelOptions } from './resolve-model.ts';

const pricing = { prompt: '0.000001', completion: '0.000002' };
const catalogue = createCatalogue({
  providers: [fakeProvider('alpha'), fakeProvider('lab', { trainsOnPrompts: true })],
  models: [
    {
      id: 'acme/writer-1',
      endpoints: [
        { provider: 'alpha', model: 'w', pricing },
        { provider: 'lab', model: 'w', pricing },
      ],
    },
  ],
});
let server: TestServer | undefined;
afterEach(() => server?.close());

async function post(
  body: object,
  options: Partial<ResolveModelOptions> & { principal?: Partial<Principal>; bare?: boolean } = {},
): Promise<{ status: number; json: Record<string, unknown> }> {
  const { principal, bare, ...rest } = options;
  const app = express();
  if (bare !== true) app.use(openExchange({ surface: 'chat' }));
  app.use(readBody({ surface: 'chat' }));
  app.use((req, _res, next) => {
    if (principal) principalSlot.set(req, principal as Principal);
    next();
  });
  app.use(resolveModel({ catalogue, ...rest }), (req, res) => {
    const { requested, candidates, excluded } = routeSlot.get(req);
    const providers = candidates.map((one) => one.endpoint.provider.name).toSorted();
    res.json({ requested, providers, excluded, recorded: exchangeSlot.peek(req)?.record.requestedModel });
  });
  app.use(errorResponder());
  server = await serve(app);
  const res = await fetch(server.url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ messages: [{ role: 'user', content: 'Hello' }], ...body }),
  });
  return { status: res.status, json: (await res.json()) as Record<string, unknown> };
}

describe('resolveModel()', () => {
  it('fills the route, and notes on the exchange what was asked', async () => {
    const { json } = await post({ model: 'Writer-1' });
    expect(json).toMatchObject({ requested: 'Writer-1', providers: ['alpha'], recorded: 'Writer-1' });
    expect(json['excluded']).toEqual([
      { provider: 'lab', model: 'acme/writer-1', filter: 'data_collection' },
    ]);
  });

  it('works without an exchange and without a caller', async () => {
    expect((await post({ model: 'writer-1' }, { bare: true })).json['providers']).toEqual(['alpha']);
  });

  it("reads the account's privacy toggle from the caller", async () => {
    const { json } = await post({ model: 'writer-1' }, { principal: { allowTraining: true } });
    expect(json['providers']).toEqual(['alpha', 'lab']);
  });

  it('takes the toggle as an option, a value or a function of the request', async () => {
    expect((await post({ model: 'writer-1' }, { allowTraining: true })).json['providers']).toHaveLength(2);
    await server?.close();
    expect((await post({ model: 'writer-1' }, { allowTraining: () => true })).json['providers']).toHaveLength(
      2,
    );
  });

  it('notes the unknown model that it refuses', async () => {
    const { status, json } = await post({ model: 'acme/riter-1' });
    expect(status).toBe(404);
    expect(json).toMatchObject({
      error: {
        code: 404,
        param: 'model',
        metadata: { error_type: 'not_found', origin: 'client', suggestions: ['acme/writer-1'] },
      },
    });
  });

  it('refuses a request without a model', async () => {
    expect(await post({})).toMatchObject({ status: 400, json: { error: { param: 'model' } } });
  });

  it('follows a reload', async () => {
    const changing = createCatalogue({ providers: catalogue.providers() });
    expect((await post({ model: 'writer-1' }, { catalogue: changing })).status).toBe(404);
    await server?.close();
    changing.replace({
      providers: catalogue.providers(),
      models: [{ id: 'acme/writer-1', endpoints: [{ provider: 'alpha', model: 'w', pricing }] }],
    });
    expect((await post({ model: 'writer-1' }, { catalogue: changing })).status).toBe(200);
  });
});
