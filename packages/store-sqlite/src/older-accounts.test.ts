import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { IDEMPOTENCY } from './migrations/idempotency.ts';
import { LEDGER } from './migrations/ledger.ts';
import { openSqliteStore } from './open-sqlite-store.ts';

it('accounts of before people could sign in are ordinary ones, and can be given everything', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'onerouter-older-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'store.db');
  const before = new DatabaseSync(path);
  before.exec(`${LEDGER}${IDEMPOTENCY}
    INSERT INTO accounts VALUES ('acc-1', 'ann@example.com', NULL, 1, 1000);
    INSERT INTO accounts VALUES ('acc-2', 'bob@example.com', 'hash', 0, 2000);
    PRAGMA user_version = 2`);
  before.close();

  const store = openSqliteStore(path);
  const ann = await store.accounts.findAccount('acc-1');
  expect(ann).toEqual({
    id: 'acc-1',
    email: 'ann@example.com',
    emailVerified: false,
    passwordHash: null,
    allowTraining: true,
    role: 'user',
    alerts: null,
    identities: [],
    createdAt: 1000,
  });
  const alerts = { threshold: 5n, email: true, webhookUrl: null };
  const patch = { emailVerified: true, role: 'operator', alerts } as const;
  expect(await store.accounts.updateAccount('acc-1', patch)).toEqual({ ...ann, ...patch });
  const identity = { provider: 'github', subject: '1' };
  await store.accounts.linkIdentity('acc-2', identity);
  expect(await store.accounts.findAccountByIdentity(identity)).toMatchObject({ email: 'bob@example.com' });
  await store.close();
});
