import { verifyLedger } from '@onerouter/billing';
import { scriptedProvider, whole } from '@onerouter/core/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startApp, type AppProcess } from './app-process.ts';
import { Clients } from './clients.ts';
import { newStore, readLedger, removeStore, STORES } from './stores.ts';

const CALLS = 200;
const FITTING = 50;

// Each holds 4 × $0.000001 + 1,000 × $0.000002 = $0.002004, and costs that.
const CREDITS_USD = '0.1002';
const USAGE = { prompt_tokens: 4, completion_tokens: 1_000 };

describe.each(STORES)('processes that share one account on $name', ({ kind, there }) => {
  it.runIf(there).each([1, 4])(
    'serve exactly what its credit covers, and refuse the rest with 402 (%i at once)',
    async (processes) => {
      const folder = mkdtempSync(join(tmpdir(), 'onerouter-credit-'));
      const store = newStore(kind, folder);
      // Nobody is answered before everybody is either admitted or refused.
      const decided = Promise.withResolvers<void>();
      const provider = await scriptedProvider(async (res, call) => {
        await decided.promise;
        await whole('Hello', USAGE)(res, call);
      });
      const apps: AppProcess[] = [];
      const clients = new Clients();
      try {
        const options = {
          store,
          journalPath: join(folder, 'journal'),
          providerUrl: provider.url,
          creditsUsd: CREDITS_USD,
        };
        apps.push(await startApp(options));
        apps.push(...(await Promise.all(Array.from({ length: processes - 1 }, () => startApp(options)))));
        const calls = Array.from({ length: CALLS }, async (_, n) => {
          const url = apps[n % processes]?.url ?? '';
          // The prompt's estimate is a third of its bytes, so every question has the same length.
          const messages = [{ role: 'user', content: `Write ${String(n).padStart(4, '0')}.` }];
          return clients.call(url, false, { max_tokens: 1_000, messages });
        });
        await expect.poll(() => clients.refused.length, { timeout: 60_000 }).toBe(CALLS - FITTING);
        await expect.poll(() => provider.calls.length, { timeout: 10_000 }).toBe(FITTING);
        decided.resolve();
        const statuses = await Promise.all(calls);
        expect(statuses.filter((status) => status === 200)).toHaveLength(FITTING);
        expect(statuses.filter((status) => status === 402)).toHaveLength(CALLS - FITTING);
        for (const app of apps) await app.stop();
        const report = await readLedger(store, verifyLedger);
        expect(report).toMatchObject({ differences: [], balance: 0n, reserved: 0n, generations: FITTING });
      } finally {
        decided.resolve();
        await Promise.allSettled(apps.map((app) => app.kill()));
        await provider.close();
        await removeStore(store);
        rmSync(folder, { recursive: true, force: true });
      }
    },
    90_000,
  );
});
