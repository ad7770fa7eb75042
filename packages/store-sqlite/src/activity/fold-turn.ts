import type { Folder } from './folder.ts';
import { FOLD_BATCH } from './folder.ts';

/** Accounts that one turn looks at. */
const ACCOUNTS_A_TURN = 2_000;
/** Batches that one turn folds, so that writers find the lock free for most of the time. */
const BATCHES_A_TURN = 10;

/** Folds what has been settled, a bounded piece each turn, going round the accounts. */
export function foldingTurns(folder: Folder): () => void {
  let account: string | undefined;
  return function foldTurn() {
    let batches = 0;
    for (let seen = 0; seen < ACCOUNTS_A_TURN; seen += 1) {
      account = folder.nextAccount(account ?? '');
      if (account === undefined) return;
      while (folder.foldBatch(account) === FOLD_BATCH) {
        batches += 1;
        // The rest of this account comes in the next round.
        if (batches >= BATCHES_A_TURN) return;
      }
    }
  };
}
