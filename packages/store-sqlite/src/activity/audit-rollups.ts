import type { AuditedAccount, Rollup } from '@onerouter/billing';
import { number, text, whole, type Row } from '../book-rows.ts';

/** An account's rollups, and from which act on something may be missing from them. */
export type RollupsSeen = Required<Pick<AuditedAccount, 'rollups' | 'rollupsPendingFrom'>>;

/** To be read within the transaction that reads the account. */
export const ROLLUPS_SEEN = {
  rollups: 'SELECT * FROM rollups WHERE account = ?',
  folded: 'SELECT seq FROM folded WHERE account = ?',
} as const;

export function readRollups(rollups: readonly Row[], folded: Row | undefined): RollupsSeen {
  return {
    rollups: rollups.map(readRollup),
    rollupsPendingFrom: folded ? number(folded, 'seq') + 1 : 0,
  };
}

function readRollup(row: Row): Rollup {
  return {
    day: text(row, 'day'),
    key: text(row, 'key'),
    model: text(row, 'model'),
    provider: text(row, 'provider'),
    lastSeq: number(row, 'last_seq'),
    requests: whole(row, 'requests'),
    promptTokens: whole(row, 'prompt_tokens'),
    completionTokens: whole(row, 'completion_tokens'),
    reasoningTokens: whole(row, 'reasoning_tokens'),
    cost: whole(row, 'cost'),
  };
}
