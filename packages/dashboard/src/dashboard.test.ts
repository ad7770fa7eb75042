import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import express from 'express';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dashboard, DashboardNotBuilt, type DashboardOptions } from './index.ts';

const SHELL = `<!doctype html>
<html><head>
<link rel="stylesheet" href="./_app/index-abc.css" />
<script>document.documentElement.dataset.x = 1;</script>
<script type="application/json" id="page-facts"></script>
<script type="module" src="./_app/index-abc.js"></script>
</head><body><div id="root"></div></body></html>`;

describe('the dashboard', () => {
  const directory = mkdtempSync(join(tmpdir(), 'onerouter-dashboard-'));
  const app = (options: DashboardOptions = {}, mount = '/'): express.Express => {
    const server = express();
    server.use(mount, dashboard({ directory, ...options }));
    server.use((_req, res) => void res.status(404).send('host'));
    return server;
  };

  beforeAll(() => {
    mkdirSync(join(directory, '_app'));
    writeFileSync(join(directory, 'index.html'), SHELL);
    writeFileSync(join(directory, '_app/index-abc.js'), 'export {};');
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it.each(['/', '/models', '/models/acme/writer-1', '/keys', '/auth?callback_url=x', '/operator/accounts/a'])(
    'serves %s as a page that is asked for again each time',
    async (path) => {
      const answer = await request(app()).get(path).expect(200);
      expect(answer.headers['cache-control']).toBe('no-cache');
      expect(answer.text).toContain('<div id="root">');
    },
  );

  it('sends a policy that names its inline script and styles, and admits no other', async () => {
    const first = await request(app()).get('/');
    const second = await request(app()).get('/');
    const policy = first.headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self' 'sha256-[\w+/=]+'(;|$)/);
    expect(policy).toMatch(/style-src 'self' 'nonce-[\w+/=]+'(;|$)/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(first.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
    });
    const nonce = /nonce-([^']+)/.exec(policy)?.[1] ?? '';
    expect(first.text).toContain(`"styleNonce":"${nonce}"`);
    expect(second.headers['content-security-policy']).not.toContain(nonce);
  });

  it('lets files with a hash in their name be kept for ever', async () => {
    const answer = await request(app()).get('/_app/index-abc.js').expect(200);
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });

  it.each(['/elsewhere', '/modelsx', '/_app/gone.js', '/_app/../index.html', '/index.html', '/v1/models'])(
    'leaves %s to the host',
    async (path) => {
      const answer = await request(app()).get(path).expect(404);
      expect(answer.text).toBe('host');
    },
  );

  it('survives that its files are replaced by those of another build', async () => {
    const old = join(directory, '_app/index-old.js');
    writeFileSync(old, 'export {};');
    writeFileSync(`${old}.gz`, gzipSync('export {};'));
    const server = app();
    const get = (): request.Test => request(server).get('/_app/index-old.js').set('Accept-Encoding', 'gzip');
    expect((await get().expect(200)).headers['content-encoding']).toBe('gzip');
    rmSync(`${old}.gz`);
    rmSync(old);
    await get().expect(404);
    await request(server).get('/').expect(200);
  });

  it('leaves what is not a visit to the host', async () => {
    await request(app()).post('/keys').expect(404);
  });

  it('can be mounted below a path', async () => {
    const answer = await request(app({ apiBase: '/llm/v1' }, '/console'))
      .get('/console/keys')
      .expect(200);
    expect(answer.text).toContain('src="/console/_app/index-abc.js"');
    expect(answer.text).toContain('href="/console/_app/index-abc.css"');
    expect(answer.text).toContain('"base":"/console","apiBase":"/llm/v1"');
    await request(app({}, '/console')).get('/console/_app/index-abc.js').expect(200);
  });

  it('tells facts as data that can neither run nor end their element', async () => {
    const facts = { demo: { keyFile: '</script><script>alert(1)</script><!--' } };
    const answer = await request(app({ facts })).get('/');
    expect(answer.text).not.toContain('alert(1)</script>');
    const data = /id="page-facts">(.*?)<\/script>/.exec(answer.text)?.[1] ?? '';
    expect(JSON.parse(data)).toMatchObject(facts);
  });

  it('can tell other facts to other visitors', async () => {
    const server = app({ facts: (req) => ({ supportUrl: `mailto:${req.get('x-team')}@example.com` }) });
    const answer = await request(server).get('/').set('x-team', 'red');
    expect(answer.text).toContain('mailto:red@example.com');
  });

  it('says how to build the pages where they are not', () => {
    expect(() => dashboard({ directory: join(directory, 'nowhere') })).toThrow(DashboardNotBuilt);
    expect(() => dashboard({ directory: join(directory, 'nowhere') })).toThrow(/build-pages\.ts/);
  });
});
