import type { Booked, LedgerEntry } from '@onerouter/billing';
import { COMMITTED, DURABLE, isDuplicate, LATEST } from './concerns.ts';
import { raw, type Models } from './models.ts';
import { readNanos } from './values.ts';

/** Kinds of entries whose id the caller chose; the others' ids are made of ids that are claimed or are an account's own. */
const CHOSEN: ReadonlySet<LedgerEntry['kind']> = new Set(['top_up', 'grant', 'refund', 'dispute']);

/**
 * Says whose the ids of credits and debits are. A payment must not be credited to two accounts, but no write covers two
 * of them; so an id is claimed for its account before it is booked. A claim without an entry is harmless: the act that was
 * interrupted is repeated for the same account.
 */
export class Claims {
  readonly #models: Models;

  constructor(models: Models) {
    this.#models = models;
  }

  /** Claims the ids of entries. */
  async claim(entries: readonly LedgerEntry[]): Promise<'ours' | 'known' | 'foreign'> {
    const chosen = entries.filter(({ kind }) => CHOSEN.has(kind));
    if (chosen.length === 0) return 'ours';
    if ((await this.#insert(chosen)) === chosen.length) return 'ours';
    const claims = await raw(this.#models.claims)
      .find({ _id: { $in: chosen.map(({ id }) => id) } }, { ...LATEST })
      .toArray();
    const owner = new Map(claims.map(({ _id, account }) => [_id, account]));
    return chosen.every(({ id, account }) => owner.get(id) === account) ? 'known' : 'foreign';
  }

  /** Ids that are another account's. */
  async foreign(account: string, ids: readonly string[]): Promise<ReadonlyMap<string, Booked>> {
    const claims = await raw(this.#models.claims)
      .find({ _id: { $in: [...ids] }, account: { $ne: account } }, { ...COMMITTED })
      .toArray();
    return new Map(
      claims.map(({ _id, account, amount }) => [_id, { account, amount: readNanos(amount), final: true }]),
    );
  }

  /** @returns how many were free */
  async #insert(entries: readonly LedgerEntry[]): Promise<number> {
    const operations = entries.map(({ id, account, amount }) => ({
      insertOne: { document: { _id: id, account, amount } },
    }));
    try {
      await raw(this.#models.claims).bulkWrite(operations, { ordered: false, ...DURABLE });
      return entries.length;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return 0;
    }
  }
}
