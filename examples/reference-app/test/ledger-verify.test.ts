import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppProcess, Folder } from './support/app-process.ts';
import { chat, oneProvider } from './support/config.ts';
import { ScriptedProvider } from './support/scripted-provider.ts';

const VERIFY = fileURLToPath(new URL('../src/ledger-verify.ts', import.meta.url));

async function verify(
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ code: number; said: string }> {
  const child = spawn(
    process.execPath,
    ['--conditions=onerouter-source', '--disable-warning=ExperimentalWarning', VERIFY],
    { cwd, env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code: code as number, said: out + err };
}

describe('the verification of the ledger', () => {
  const provider = new ScriptedProvider();
  let folder: Folder;
  let env: Record<string, string>;
  beforeEach(async () => {
    folder = new Folder();
    env = { ONEROUTER_CONFIG: folder.config(oneProvider(await provider.start())) };
  });
  afterEach(async () => {
    await provider.close();
    folder.remove();
  });

  it('reads the configuration of the app, beside it and after it, and says by its exit code what it found', async () => {
    const app = new AppProcess(folder.path, { ...env, PORT: '0' });
    try {
      expect((await chat(await app.ready())).status).toBe(200);
      const beside = await verify(folder.path, env);
      expect(beside.said).toMatch(/1 account, 1 generation, 1 other entry.*\nThe ledger adds up\.\n$/);
      expect(beside.code).toBe(0);
    } finally {
      app.kill('SIGTERM');
      await app.exited;
    }
    expect((await verify(folder.path, env)).code).toBe(0);
    const db = new DatabaseSync(join(folder.path, 'one.db'));
    db.exec(`UPDATE books SET balance = balance + 1000000 WHERE part = ''`);
    db.close();
    const wrong = await verify(folder.path, env);
    expect(wrong.said).toMatch(/^account \S+: balance is \$\S+, by the entries \$\S+\n/);
    expect(wrong.code).toBe(1);
  });

  it('says so where there is no database, and makes none', async () => {
    const { code, said } = await verify(folder.path, env);
    expect(said).toContain('There is no database at');
    expect(code).toBe(2);
  });
});
