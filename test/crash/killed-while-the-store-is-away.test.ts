import { verifyLedger } from '@onerouter/billing';
import { scriptedProvider, textStream, whole } from '@onerouter/core/testing';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { startApp } from './app-process.ts';
import { Clients } from './clients.ts';
import { chargesOf, everythingEnds } from './ledger-reader.ts';
import { readLedger } from './stores.ts';

it('charges, after the next start and once, what was answered while the database could not be written', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onerouter-away-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const journalPath = join(folder, 'journal');
  const path = join(folder, 'onerouter.db');
  const store = { kind: 'sqlite', path, busyTimeoutMs: 50 } as const;
  const locked = Promise.withResolvers<void>();
  const provider = await scriptedProvider(async (res, call) => {
    await locked.promise;
    await (call.json?.['stream'] === true ? textStream('Hel', 'lo') : whole('Hello'))(res, call);
  });
  onTestFinished(() => provider.close());
  const options = { store, journalPath, providerUrl: provider.url, creditsUsd: '10' };

  const app = await startApp(options);
  const clients = new Clients();
  const calls = [clients.call(app.url, false), clients.call(app.url, true)];
  await expect.poll(() => provider.calls.length, { timeout: 10_000 }).toBe(2);
  const blocker = new DatabaseSync(path);
  blocker.exec('BEGIN IMMEDIATE');
  locked.resolve();
  expect(await Promise.all(calls)).toEqual([200, 200]);
  expect(readdirSync(journalPath)).toHaveLength(1);
  // Nothing new is served that cannot be booked.
  expect(await clients.call(app.url, false)).toBe(503);
  await app.kill();
  blocker.exec('ROLLBACK');
  blocker.close();

  const next = await startApp(options);
  await everythingEnds(store);
  await expect.poll(() => readdirSync(journalPath), { timeout: 10_000 }).toEqual([]);
  await next.stop();
  await readLedger(store, async (source) => {
    expect((await verifyLedger(source)).differences).toEqual([]);
    expect(await chargesOf(source)).toEqual(clients.whole);
  });
  expect(clients.whole.size).toBe(2);
}, 60_000);
