import type { Folder } from './folder.ts';
import { FOLD_BATCH } from './folder.ts';

/** Accounts without anything to fold that one turn looks at. */
const ACCOUNTS_A_TURN = 2_000;

/**
 * Folds what has been settled, a batch each turn, going round the accounts.
 *
 * @returns what takes a turn, and says whether there may be more to fold at once
 */
export function foldingTurns(folder: Folder): () => boolean {
  let account: string | undefined;
  return function foldTurn() {
    for (let seen = 0; seen < ACCOUNTS_A_TURN; seen += 1) {
      account ??= folder.nextAccount('');
      if (account === undefined) return false;
      const found = folder.foldBatch(account);
      if (found < FOLD_BATCH) account = folder.nextAccount(account);
      if (account === undefined) return false;
      if (found > 0) return true;
    }
    return false;
  };
}
