import { hashKey, keyLabel, newApiKey, newManagementKey } from '@onerouter/auth';
import { createLedger, createMemoryBooks, type Ledger } from '@onerouter/billing';
import { NANOS_PER_USD, type Log, type Nanos } from '@onerouter/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AccountsAndKeys } from './account-store.ts';
import { bootstrapSchema, type BootstrapConfig } from './bootstrap-config.ts';
import { bootstrapAccounts, BootstrapConflictError } from './bootstrap.ts';
import { memoryAccounts } from './memory-accounts.ts';
import { verifyPassword } from './passwords.ts';

const apiKey = newApiKey();
const managementKey = newManagementKey();
const config: BootstrapConfig = {
  accounts: [
    {
      email: 'Demo@Example.com',
      creditsUsd: '5.00',
      apiKeys: [{ name: 'demo', key: apiKey, limitUsd: 2, limitReset: 'daily' }],
      managementKeys: [{ name: 'ops', key: managementKey }],
    },
  ],
};

describe('bootstrapAccounts()', () => {
  let accounts: AccountsAndKeys;
  let ledger: Ledger;
  beforeEach(() => {
    accounts = memoryAccounts();
    ledger = createLedger(createMemoryBooks());
  });
  afterEach(() => ledger.close());
  const granted = async (): Promise<readonly Nanos[]> => {
    const account = await accounts.findAccountByEmail('demo@example.com');
    return (await ledger.entries(account?.id ?? '')).map(({ amount }) => amount);
  };
  const run = (part: Partial<BootstrapConfig['accounts'][number]> = {}, log?: Log): Promise<unknown> =>
    bootstrapAccounts({
      accounts,
      ledger,
      config: { accounts: config.accounts.map((account) => ({ ...account, ...part })) },
      ...(log && { log }),
    });

  it('makes the account, its credits and its keys', async () => {
    const [made] = await bootstrapAccounts({ accounts, ledger, config });
    expect(made).toMatchObject({ email: 'demo@example.com', passwordHash: null, allowTraining: false });
    expect(await accounts.findAccountByEmail('demo@example.com')).toEqual(made);
    expect(await ledger.entries(made?.id ?? '')).toMatchObject([
      { id: `bootstrap:${made?.id}`, kind: 'grant', amount: 5n * NANOS_PER_USD },
    ]);
    expect(await accounts.find(hashKey(apiKey))).toMatchObject({
      kind: 'api',
      accountId: made?.id,
      name: 'demo',
      label: keyLabel(apiKey),
      limit: 2n * NANOS_PER_USD,
      limitReset: 'daily',
    });
    expect(await accounts.find(hashKey(managementKey))).toMatchObject({ kind: 'management', name: 'ops' });
  });

  it('changes nothing when it runs again, also from several processes at once', async () => {
    await Promise.all([run(), run(), run()]);
    const before = await accounts.findAccountByEmail('demo@example.com');
    await accounts.updateKey(before?.id ?? '', hashKey(apiKey), { name: 'renamed', limit: null }, 1);
    await run({ allowTraining: true, password: 'late' });
    expect(await accounts.findAccountByEmail('demo@example.com')).toEqual(before);
    expect(await accounts.find(hashKey(apiKey))).toMatchObject({ name: 'renamed', limit: null });
    expect(await granted()).toEqual([5n * NANOS_PER_USD]);
    expect(await accounts.listKeys(before?.id ?? '')).toHaveLength(2);
  });

  it('hashes the password', async () => {
    await run({ password: 'correct horse' });
    const { passwordHash } = (await accounts.findAccountByEmail('demo@example.com')) ?? {};
    expect(passwordHash).not.toContain('correct horse');
    expect(await verifyPassword('correct horse', passwordHash ?? '')).toBe(true);
  });

  it('lets the first grant stand when the configured amount changes, and says so', async () => {
    const log = { warn: vi.fn<Log['warn']>(), error: vi.fn<Log['error']>() };
    await run();
    await run({ creditsUsd: '50' }, log);
    expect(await granted()).toEqual([5n * NANOS_PER_USD]);
    expect(log.warn).toHaveBeenCalledOnce();
  });

  it('grants nothing where nothing is configured', async () => {
    await run({ creditsUsd: undefined });
    await run({ creditsUsd: '0.00' });
    expect(await granted()).toEqual([]);
  });

  it("refuses a key that is another account's, without showing it", async () => {
    await run();
    const second = run({ email: 'other@example.com' });
    await expect(second).rejects.toThrow(BootstrapConflictError);
    await expect(second).rejects.toThrow(keyLabel(apiKey));
    await expect(second).rejects.not.toThrow(apiKey);
  });

  it('fails when the store or the ledger fails', async () => {
    const broken = { credit: () => Promise.reject(new Error('disk full')) };
    await expect(bootstrapAccounts({ accounts, ledger: broken, config })).rejects.toThrow('disk full');
  });
});

const account = (fields: object): unknown => ({ accounts: [{ email: 'a@b.c', ...fields }] });
const problems = (value: unknown): string => {
  const checked = bootstrapSchema.safeParse(value);
  return (checked.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n');
};

describe('bootstrapSchema', () => {
  it('accepts what it documents', () => {
    expect(bootstrapSchema.parse(config)).toEqual(config);
    expect(problems(account({ creditsUsd: 5, password: 'x', allowTraining: true }))).toBe('');
  });

  it('refuses unknown fields by name', () => {
    expect(problems(account({ credits: 5 }))).toContain('"credits"');
    expect(problems({ accounts: [], users: [] })).toContain('"users"');
    expect(problems(account({ apiKeys: [{ name: 'x', key: apiKey, limit: 5 }] }))).toContain('"limit"');
  });

  it('says what a key has to look like, without quoting it', () => {
    const text = problems(account({ apiKeys: [{ name: 'x', key: 'sk-or-v1-short' }] }));
    expect(text).toBe('accounts.0.apiKeys.0.key: must be "sk-or-v1-" and 64 lower-case hexadecimal digits');
    expect(problems(account({ apiKeys: [{ name: 'x', key: managementKey }] }))).toContain('apiKeys.0.key');
    expect(problems(account({ managementKeys: [{ name: 'x', key: apiKey }] }))).toContain('sk-or-mgmt-v1-');
  });

  it('refuses amounts and addresses that are none', () => {
    for (const creditsUsd of ['5 dollars', '-1', -1, '0.0000000001', 1e12, Number.NaN]) {
      expect(problems(account({ creditsUsd })), String(creditsUsd)).toContain('accounts.0.creditsUsd');
    }
    expect(problems({ accounts: [{ email: 'nobody' }] })).toContain('accounts.0.email');
  });

  it('refuses what is there twice', () => {
    expect(problems({ accounts: [{ email: 'a@b.c' }, { email: 'A@b.c' }] })).toContain('accounts.1.email');
    const key = { name: 'x', key: apiKey };
    expect(problems(account({ apiKeys: [key, key] }))).toContain('accounts.0.apiKeys.1.key');
  });
});
