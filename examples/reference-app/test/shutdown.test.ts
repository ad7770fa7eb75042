import { openSqliteStore } from '@onerouter/store-sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppProcess, Folder } from './support/app-process.ts';
import { API_KEY, chat, oneProvider } from './support/config.ts';
import { ScriptedProvider } from './support/scripted-provider.ts';

const STREAMS = 50;

describe('SIGTERM', () => {
  let folder: Folder;
  let provider: ScriptedProvider;
  let app: AppProcess;
  let address: string;

  beforeEach(async () => {
    folder = new Folder();
    provider = new ScriptedProvider();
    const file = folder.config(oneProvider(await provider.start()));
    app = new AppProcess(folder.path, { ONEROUTER_CONFIG: file });
    address = await app.ready();
  });
  afterEach(async () => {
    app.kill('SIGKILL');
    await provider.close();
    folder.remove();
  });

  /** Begins streams. Returns how to wait for their texts, `undefined` for one that was cut. */
  async function begin(count: number): Promise<() => Promise<(string | undefined)[]>> {
    const responses = await Promise.all(
      Array.from({ length: count }, (_, n) =>
        chat(address, { stream: true, messages: [{ role: 'user', content: `Stream ${n}` }] }),
      ),
    );
    await expect.poll(() => provider.waiting.length).toBe(count);
    const texts = Promise.allSettled(responses.map((response) => response.text()));
    return async () => (await texts).map((text) => (text.status === 'fulfilled' ? text.value : undefined));
  }

  it('lets running streams finish, refuses new ones, settles everything and exits with 0', async () => {
    const ended = await begin(STREAMS);
    app.kill('SIGTERM');
    await expect.poll(async () => (await chat(address)).status).toBe(503);
    provider.finishAll();
    for (const text of await ended()) {
      expect(text).toContain('" end"');
      expect(text?.endsWith('data: [DONE]\n\n')).toBe(true);
    }
    expect(await app.exited).toBe(0);

    const store = openSqliteStore(`${folder.path}/one.db`);
    const account = await store.accounts.findAccountByEmail('a@example.com');
    const balance = await store.ledger.balance(account?.id ?? '');
    const entries = await store.ledger.entries(account?.id ?? '');
    await store.close();
    // 10 prompt tokens at 1,000 and 2 completion tokens at 2,000 nano-dollars.
    expect(entries.filter(({ kind }) => kind === 'charge').map(({ amount }) => amount)).toEqual(
      Array.from({ length: STREAMS }, () => -14_000n),
    );
    expect(balance.reserved).toBe(0n);
    expect(entries.reduce((sum, { amount }) => sum + amount, 0n)).toBe(balance.balance);
  });

  it('ends at once when it comes a second time', async () => {
    const ended = await begin(1);
    app.kill('SIGTERM');
    await expect.poll(async () => (await chat(address)).status).toBe(503);
    app.kill('SIGTERM');
    expect(await app.exited).toBe(143);
    expect(await ended()).toEqual([undefined]);
  });

  it('is not needed for what was answered to be on the books', async () => {
    expect((await chat(address)).status).toBe(200);
    const key = await fetch(`${address}/v1/key`, { headers: { authorization: `Bearer ${API_KEY}` } });
    const { data } = (await key.json()) as { data: { usage: number } };
    expect(data.usage).toBe(0.000014);
  });
});
