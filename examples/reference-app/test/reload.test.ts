import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type RunningApp } from '../src/app.ts';
import { Folder } from './support/app-process.ts';
import { chat, model, oneProvider } from './support/config.ts';
import { ScriptedProvider } from './support/scripted-provider.ts';

describe('a changed configuration file', () => {
  const folder = new Folder();
  const provider = new ScriptedProvider();
  const lines: string[] = [];
  let baseUrl: string;
  let app: RunningApp;

  beforeAll(async () => {
    baseUrl = await provider.start();
    app = await startApp({
      env: { ONEROUTER_CONFIG: folder.config(oneProvider(baseUrl)) },
      cwd: folder.path,
      log: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }),
      print: () => {},
    });
  });
  afterAll(async () => {
    await app.close();
    await provider.close();
    folder.remove();
  });

  async function models(): Promise<readonly string[]> {
    const body = (await (await fetch(`${app.address}/v1/models`)).json()) as { data: { id: string }[] };
    return body.data.map(({ id }) => id);
  }

  it('is taken without a restart', async () => {
    expect(await models()).toEqual(['acme/writer-1']);
    folder.config(oneProvider(baseUrl, { models: [model('acme/writer-1'), model('acme/writer-2')] }));
    await expect.poll(models, { timeout: 10_000 }).toEqual(['acme/writer-1', 'acme/writer-2']);
    expect((await chat(app.address, { model: 'acme/writer-2' })).status).toBe(200);
  });

  it('is refused when it cannot be used, and the old one stays', async () => {
    folder.config(oneProvider(baseUrl, { models: [{ id: 'acme/writer-3', endpoints: [] }] }));
    await expect.poll(() => lines.join(''), { timeout: 10_000 }).toContain('is refused');
    expect(lines.join('')).toContain('models[0].endpoints');
    expect(await models()).toEqual(['acme/writer-1', 'acme/writer-2']);
  });

  it('is read at once when asked, as SIGHUP does', async () => {
    folder.config(oneProvider(baseUrl, { models: [model('acme/writer-4')], routing: { maxAttempts: 2 } }));
    app.reload();
    expect(await models()).toEqual(['acme/writer-4']);
    expect(lines.join('')).toContain('"sections":["routing"]');
  });

  it('is refused when it names no provider any more', async () => {
    folder.config({ listen: { port: 0 }, store: 'sqlite:./one.db' });
    app.reload();
    expect(lines.join('')).toContain('names no provider');
    expect(await models()).toEqual(['acme/writer-4']);
  });

  it('is refused when it names a provider that does not exist', async () => {
    folder.config(oneProvider(baseUrl, { providers: {} }));
    app.reload();
    expect(await models()).toEqual(['acme/writer-4']);
  });
});
