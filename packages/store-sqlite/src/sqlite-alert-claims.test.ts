import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alertClaimsSuite } from '@onerouter/accounts/testing';
import { openSqliteStore } from './open-sqlite-store.ts';

alertClaimsSuite('openSqliteStore()', async (clock) => {
  const folder = await mkdtemp(join(tmpdir(), 'onerouter-alerts-'));
  const open = (): ReturnType<typeof openSqliteStore> =>
    openSqliteStore(join(folder, 'store.db'), { now: () => clock.now });
  const [one, other] = [open(), open()];
  return {
    store: one.alertClaims,
    another: other.alertClaims,
    async close() {
      await one.close();
      await other.close();
      await rm(folder, { recursive: true });
    },
  };
});
