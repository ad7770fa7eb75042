import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rawCall } from './raw-call.scene.ts';
import { sessionScene, type SessionScene } from './session.scene.ts';

describe('a request that another site has a browser send', () => {
  let scene: SessionScene;
  let cookie: string;
  beforeEach(async () => {
    scene = await sessionScene();
    ({ cookie } = await scene.signIn());
  });
  afterEach(() => scene.close());
  const send = (headers: Record<string, string>, method = 'POST'): Promise<number> =>
    rawCall(scene.url, { method, headers: { cookie, ...headers } });

  it('is refused when it may change something', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expect(await send({ 'sec-fetch-site': 'cross-site' }, method)).toBe(403);
    }
    // Another subdomain is another site's page too: whoever has one must not act for the visitor.
    expect(await send({ 'sec-fetch-site': 'same-site' })).toBe(403);
    expect(await send({ 'sec-fetch-site': 'Same-Origin' })).toBe(403);
  });

  it('is refused by its origin where the browser has no fetch metadata', async () => {
    const { host } = new URL(scene.url);
    expect(await send({ origin: 'https://evil.example' })).toBe(403);
    expect(await send({ origin: `http://evil.example/${host}` })).toBe(403);
    expect(await send({ origin: `http://${host}.evil.example` })).toBe(403);
    expect(await send({ origin: 'null' })).toBe(403);
    expect(await send({ origin: '' })).toBe(403);
    expect(await send({ origin: `http://${host}` })).toBe(200);
  });

  it('passes when it only reads, which the browser keeps from the other site', async () => {
    expect(await send({ 'sec-fetch-site': 'cross-site' }, 'GET')).toBe(200);
  });

  it('is refused when it would open a websocket, whose answers the browser does not keep from anybody', async () => {
    const websocket = { connection: 'upgrade', upgrade: 'websocket' };
    const { host } = new URL(scene.url);
    expect(await send({ ...websocket, 'sec-fetch-site': 'cross-site' }, 'GET')).toBe(403);
    expect(await send({ ...websocket, origin: 'https://evil.example' }, 'GET')).toBe(403);
    expect(await send({ ...websocket, origin: `http://${host}` }, 'GET')).toBe(200);
  });

  it('passes from our own pages, from the address bar, and from what is no browser', async () => {
    expect(await send({ 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await send({ 'sec-fetch-site': 'none' })).toBe(200);
    expect(await send({})).toBe(200);
  });

  it('passes with a key, which no other site can make a browser send', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://app.example' };
    expect(await send({ ...headers, authorization: `Bearer ${scene.apiKey}` })).toBe(200);
  });
});
