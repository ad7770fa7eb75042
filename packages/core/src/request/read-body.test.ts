import express, { type RequestHandler } from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { errorResponder } from '../error-responder.ts';
import { serve, type TestServer } from '../testing/index.ts';
import { bodySlot } from './body.ts';
import { readBody } from './read-body.ts';

let server: TestServer | undefined;
afterEach(() => server?.close());

async function post(
  body: string | Buffer,
  options: { headers?: Record<string, string>; before?: RequestHandler[] } = {},
) {
  const app = express();
  for (const handler of options.before ?? []) app.use(handler);
  app.post('/', readBody({ surface: 'chat', maxBytes: 1000 }), (req, res) => {
    const { raw, json, facts } = bodySlot.get(req);
    res.json({ raw: raw.toString(), json, models: facts.models });
  });
  app.use(errorResponder());
  server = await serve(app);
  const headers = { 'content-type': 'application/json', ...options.headers };
  const response = await fetch(server.url, { method: 'POST', body, headers });
  return { status: response.status, body: (await response.json()) as Record<string, never> };
}

const VALID = '{ "model": "m", "messages": [{"role":"user","content":"é"}], "new_parameter": 1.0 }';

describe('a body that is accepted', () => {
  it('is kept byte for byte beside what it says', async () => {
    const { status, body } = await post(VALID);
    expect(status).toBe(200);
    expect(body).toEqual({ raw: VALID, json: JSON.parse(VALID) as unknown, models: ['m'] });
  });

  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON',
    'application/vnd.api+json',
  ])('may come as %s', async (type) => {
    expect((await post(VALID, { headers: { 'content-type': type } })).status).toBe(200);
  });

  it.each<[string, RequestHandler]>([
    ['an object', express.json()],
    ['bytes', express.raw({ type: '*/*' })],
    ['text', express.text({ type: '*/*' })],
  ])('may have been read as %s by a foreign parser', async (_name, parser) => {
    const { status, body } = await post(VALID, { before: [parser] });
    expect(status).toBe(200);
    expect(body['models']).toEqual(['m']);
  });
});

const swallow: RequestHandler = (req, _res, next) => {
  req.resume().on('end', () => next());
};

describe('a body that is refused', () => {
  it.each([
    ['malformed JSON', '{"model":'],
    ['an empty body', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '7'],
  ])('is %s: 400 that quotes nothing of it', async (_name, body) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      error: { code: 400, metadata: { error_type: 'invalid_request', origin: 'client' } },
    });
  });

  it.each([
    [{ messages: [] }, 'messages'],
    [{ messages: [{ role: 'user', content: 5 }] }, 'messages.0.content'],
    [{ messages: [{ role: 'user' }], max_tokens: -1 }, 'max_tokens'],
    [{ messages: [{ role: 'user' }], max_tokens: 1e12 }, 'max_tokens'],
    [{ messages: [{ role: 'user' }], n: 1.5 }, 'n'],
    [{ messages: [{ role: 'user' }], provider: { sort: 'luck' } }, 'provider.sort'],
  ])('is %j: 400 that names the field', async (json, param) => {
    const answer = await post(JSON.stringify(json));
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error: { param } });
  });

  it('is too large by its announced or its real length: 413', async () => {
    const large = JSON.stringify({ messages: [{ role: 'user', content: 'x'.repeat(2000) }] });
    expect((await post(large)).status).toBe(413);
    await server?.close();
    const app = express();
    app.post('/', readBody({ surface: 'chat', maxBytes: 1000 }), errorResponder());
    app.use(errorResponder());
    server = await serve(app);
    const stream = new Blob([large]).stream();
    const response = await fetch(server.url, {
      method: 'POST',
      body: stream,
      duplex: 'half',
      headers: { 'content-type': 'application/json' },
    });
    expect(response.status).toBe(413);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx'])(
    'is %s: 415',
    async (type) => {
      expect((await post(VALID, { headers: { 'content-type': type } })).status).toBe(415);
    },
  );

  it('is compressed: 415', async () => {
    expect((await post(VALID, { headers: { 'content-encoding': 'gzip' } })).status).toBe(415);
  });

  it('was read by somebody who kept it: 400 instead of waiting for ever', async () => {
    expect((await post(VALID, { before: [swallow] })).status).toBe(400);
  });
});
