import { verifyLedger, type LedgerSource } from '@onerouter/billing';
import { mongooseLedgerSource, openMongooseStore } from '@onerouter/store-mongoose';
import { describeOnMongo } from '@onerouter/store-mongoose/testing';
import { openSqliteLedgerSource, openSqliteStore } from '@onerouter/store-sqlite';
import * as fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ActivityModel, ALL_DAYS, steps, totalsOf, type Process } from './model.ts';

const TIMEOUT_MS = 60_000;

/** Runs histories, each in an account of its own, in a store that two processes have open. */
async function play(
  processes: readonly [Process, Process],
  source: LedgerSource,
  clock: { now: number },
  numRuns: number,
): Promise<void> {
  const models: ActivityModel[] = [];
  const pass = (): void => {
    clock.now += 60_000;
  };
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const model = new ActivityModel(`acc-${models.length}/%`, processes, pass);
      models.push(model);
      for (const step of taken) await model.take(step);
      await model.check(0, { keyId: 'k1', model: 'acme/a', status: 'failed' });
      await model.check(1, { keyId: 'k2', model: '', provider: 'p/1' });
      expect(await processes[0].rollups.totals(ALL_DAYS)).toEqual(totalsOf(models));
    }),
    { numRuns, endOnFailure: true },
  );
  expect((await verifyLedger(source)).differences).toEqual([]);
}

it(
  'is summed up, listed and fed as it happened, in SQLite',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'onerouter-activity-'));
    const path = join(folder, 'store.db');
    const clock = { now: Date.UTC(2026, 8, 24) };
    const options = { checkpointMs: null, now: () => clock.now };
    const [one, other] = [openSqliteStore(path, options), openSqliteStore(path, options)];
    const source = openSqliteLedgerSource(path);
    onTestFinished(async () => {
      source.close();
      for (const store of [one, other]) await store.close();
      rmSync(folder, { recursive: true });
    });
    await play([one, other], source, clock, 40);
  },
  TIMEOUT_MS,
);

describeOnMongo('activity on MongoDB', (server) => {
  it(
    'is summed up, listed and fed as it happened',
    async () => {
      const database = server.newDatabase();
      const clock = { now: Date.UTC(2026, 8, 24) };
      const open = async () => openMongooseStore(await server.connect(database), { now: () => clock.now });
      const [one, other] = [await open(), await open()];
      onTestFinished(async () => {
        for (const store of [one, other]) await store.close();
        await server.drop(database);
      });
      await one.prepare();
      await play([one, other], mongooseLedgerSource(one.connection), clock, 6);
    },
    TIMEOUT_MS,
  );
});
