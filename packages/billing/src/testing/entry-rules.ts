import { describe, expect, it } from 'vitest';
import type { LedgerBench } from './ledger-suite.ts';

const account = 'acc-1';

/** What entries say of themselves. */
export function entryRules(use: () => LedgerBench): void {
  describe('an entry', () => {
    it('says what it is for, and is a top-up or a refund where nothing was said', async () => {
      const { ledger } = use();
      const entry = { account, amount: 10n };
      await ledger.credit({ ...entry, entryId: 'paid' });
      await ledger.credit({ ...entry, entryId: 'given', kind: 'grant', note: 'by ops' });
      await ledger.debit({ ...entry, entryId: 'back', amount: 4n });
      await ledger.debit({ ...entry, entryId: 'withdrawn', kind: 'dispute' });
      await ledger.credit({ ...entry, entryId: 'reinstated', kind: 'dispute' });
      await ledger.credit({ ...entry, entryId: 'called-off', amount: 4n, kind: 'refund' });
      await ledger.debit({ ...entry, entryId: 'taken', amount: 20n, kind: 'grant', upTo: true });
      expect(
        (await ledger.entries(account)).map(({ id, kind, amount, note }) => [id, kind, amount, note]),
      ).toEqual([
        ['paid', 'top_up', 10n, null],
        ['given', 'grant', 10n, 'by ops'],
        ['back', 'refund', -4n, null],
        ['withdrawn', 'dispute', -10n, null],
        ['reinstated', 'dispute', 10n, null],
        ['called-off', 'refund', 4n, null],
        ['taken', 'grant', -20n, null],
      ]);
      await use().check(account);
    });
  });
}
