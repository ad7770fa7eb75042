import type { AuditedAccount, Rollup } from '@onerouter/billing';
import { COMMITTED } from './concerns.ts';
import { raw, type Models } from './models.ts';
import type { BookDoc } from './schemas/book.ts';
import type { RollupDoc } from './schemas/records.ts';
import { readNanos, recordRange } from './values.ts';

/** An account's rollups, and from which act on something may be missing from them. */
export type RollupsSeen = Required<Pick<AuditedAccount, 'rollups' | 'rollupsPendingFrom'>>;

/** Reads what waits before the rollups: what does not wait then has been counted. */
export async function readRollups(models: Models, account: string): Promise<RollupsSeen> {
  const book = await raw(models.books).findOne<Pick<BookDoc, 'seq' | 'outbox'>>(
    { _id: account },
    { ...COMMITTED, projection: { seq: 1, 'outbox.seq': 1 } },
  );
  const docs = await raw(models.rollups)
    .find({ _id: recordRange(account) }, { ...COMMITTED })
    .toArray();
  const pending = book?.outbox[0]?.seq ?? (book?.seq ?? 0) + 1;
  return { rollups: docs.map(readRollup), rollupsPendingFrom: pending };
}

function readRollup({ day, key, model, provider, lastSeq, ...sums }: RollupDoc): Rollup {
  return {
    day,
    key,
    model,
    provider,
    lastSeq,
    requests: readNanos(sums.requests),
    promptTokens: readNanos(sums.promptTokens),
    completionTokens: readNanos(sums.completionTokens),
    reasoningTokens: readNanos(sums.reasoningTokens),
    cost: readNanos(sums.cost),
  };
}
