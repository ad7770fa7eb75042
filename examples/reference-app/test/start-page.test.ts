import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type RunningApp } from '../src/app.ts';
import { Folder } from './support/app-process.ts';

describe('the start page', () => {
  const folder = new Folder();
  const printed: string[] = [];
  let app: RunningApp;
  let response: Response;
  let page: string;

  beforeAll(async () => {
    app = await startApp({
      env: { PORT: '0' },
      cwd: folder.path,
      log: pino({ level: 'silent' }),
      print: (text) => void printed.push(text),
    });
    response = await fetch(app.address);
    page = (await response.text()).replaceAll(/\s+/g, ' ');
  });
  afterAll(async () => {
    await app.close();
    folder.remove();
  });

  it('loads nothing but its own style', () => {
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(page).not.toMatch(/<script|<style|<[^>]*\s(style|on\w+)=|javascript:/i);
  });

  it('has a style for light, dark and narrow screens', async () => {
    const style = await fetch(`${app.address}/start.css`);
    expect(style.headers.get('content-type')).toContain('text/css');
    expect(await style.text()).toContain('color-scheme: light dark');
    expect(page).toContain('width=device-width');
  });

  it('lists the models on offer with their prices and providers', () => {
    expect(page).toContain('anthropic/claude-3.5-sonnet');
    expect(page).toContain('claude-3-5-sonnet@20240620');
    // $3 for a million tokens, less a fifth.
    expect(page).toContain('$2.4');
    expect(page).toContain('3 providers: alpha, beta, gamma');
  });

  it('shows how to call the address it was reached at', () => {
    expect(page).toContain(`curl ${app.address}/v1/chat/completions`);
    expect(page).toContain(`baseURL: &#39;${app.address}/v1&#39;`);
  });

  it('says where the demo’s key is, and does not show it', () => {
    const key = /sk-or-v1-[0-9a-f]{64}/.exec(printed.join('\n'))?.[0];
    expect(key).toBeDefined();
    expect(page).not.toContain(key);
    expect(page).toContain('onerouter.db.demo-key');
  });

  it('does not put a strange Host header into the page', async () => {
    const strange = await new Promise<string>((resolve, reject) => {
      request(app.address, { headers: { host: '"><img src=x>' } }, (res) => resolve(text(res)))
        .on('error', reject)
        .end();
    });
    expect(strange).not.toContain('<img');
    expect(strange).toContain(`${app.address}/v1`);
  });

  it('answers unknown paths with an error in the same shape as the API', async () => {
    const missing = await fetch(`${app.address}/nothing-here`);
    expect(missing.status).toBe(404);
    expect(await missing.json()).toMatchObject({ error: { code: 404 } });
  });
});
