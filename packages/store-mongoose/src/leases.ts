import type { Orphan } from '@onerouter/billing';
import { COMMITTED, DURABLE } from './concerns.ts';
import { readGeneration } from './generation-fields.ts';
import { raw, type Models } from './models.ts';
import type { BookDoc } from './schemas/book.ts';
import type { StoreClock } from './server-clock.ts';
import { fromFieldName } from './values.ts';

/**
 * Which processes live, and what dead ones left open. A book names the processes that hold reservations in it, and some
 * that did, since a settlement does not see whether it closes a process's last one; this is where they are taken off.
 */
export class Leases {
  readonly #models: Models;
  readonly #clock: StoreClock;
  #searched = false;

  constructor(models: Models, clock: StoreClock) {
    this.#models = models;
    this.#clock = clock;
  }

  async renew(owner: string, leaseMs: number): Promise<void> {
    await this.#clock.sync();
    await raw(this.#models.owners).updateOne(
      { _id: owner },
      { $set: { expiresAt: new Date(this.#clock.now() + leaseMs) } },
      { upsert: true, ...DURABLE },
    );
  }

  async drop(owner: string): Promise<void> {
    await raw(this.#models.owners).updateOne({ _id: owner }, { $set: { expiresAt: new Date(0) } }, DURABLE);
  }

  async orphans(limit: number): Promise<readonly Orphan[]> {
    await this.#clock.sync();
    const now = new Date(this.#clock.now());
    const dead = await this.#dead(now);
    if (dead.length === 0) return [];
    // Most books of a dead process hold nothing of it any more.
    await raw(this.#models.books).updateMany(
      { owners: { $in: dead }, open: {} },
      { $pull: { owners: { $in: dead } } },
      DURABLE,
    );
    const orphans: Orphan[] = [];
    let clean = true;
    const left = raw(this.#models.books).find<Pick<BookDoc, '_id' | 'seq' | 'open'>>(
      { owners: { $in: dead } },
      { ...COMMITTED, projection: { seq: 1, open: 1 } },
    );
    for await (const book of left) {
      const found = orphansIn(book, new Set(dead));
      if (found.length === 0) clean = (await this.#takeOff(book, dead)) && clean;
      orphans.push(...found);
      if (orphans.length >= limit) return orphans.slice(0, limit);
    }
    if (orphans.length === 0 && clean) await this.#bury(dead, now);
    return orphans;
  }

  /** Owners whose lease ran out; for the first time also those that have none any more, which means to look at all books. */
  async #dead(now: Date): Promise<string[]> {
    const owners = await raw(this.#models.owners)
      .find({}, { ...COMMITTED })
      .toArray();
    const dead = owners.filter(({ expiresAt }) => expiresAt <= now).map(({ _id }) => _id);
    if (this.#searched) return dead;
    const known = new Set(owners.map(({ _id }) => _id));
    const holders = await raw(this.#models.books).distinct('owners', {}, { ...COMMITTED });
    return [...dead, ...(holders as readonly string[]).filter((owner) => !known.has(owner))];
  }

  /** On condition that the book has not changed: a process that was only slow may have put a reservation into it. */
  async #takeOff({ _id, seq }: Pick<BookDoc, '_id' | 'seq'>, dead: string[]): Promise<boolean> {
    const { matchedCount } = await raw(this.#models.books).updateOne(
      { _id, seq },
      { $pull: { owners: { $in: dead } } },
      DURABLE,
    );
    return matchedCount === 1;
  }

  async #bury(dead: string[], now: Date): Promise<void> {
    await raw(this.#models.owners).deleteMany({ _id: { $in: dead }, expiresAt: { $lte: now } }, DURABLE);
    this.#searched = true;
  }
}

function orphansIn(
  { _id, open }: Pick<BookDoc, '_id' | 'open'>,
  dead: ReadonlySet<string>,
): readonly Orphan[] {
  return Object.entries(open).flatMap(([name, { owner, draft }]) => {
    const id = fromFieldName(name);
    return dead.has(owner) ? [{ account: _id, id, owner, draft: readGeneration(_id, id, draft) }] : [];
  });
}
