import type { AuditedAccount, LedgerEntry, LedgerSource, SettledGeneration } from '@onerouter/billing';
import type { Connection } from 'mongoose';
import { emptyBook, readBook } from './book-doc.ts';
import { COMMITTED } from './concerns.ts';
import { COLLECTION_PREFIX, modelsOn, raw, type Models } from './models.ts';
import type { BookDoc, OutboxItem } from './schemas/book.ts';
import type { SettledFields } from './schemas/generation.ts';
import { readRollups, type RollupsSeen } from './read-rollups.ts';
import { readNanos, recordRange } from './values.ts';

/**
 * The ledger of a database, to be verified beside processes that use it or none. Only reads.
 *
 * @param connection may prefer secondaries; the primary is read all the same
 * @param prefix of the collections
 */
export function mongooseLedgerSource(
  connection: Connection,
  prefix: string = COLLECTION_PREFIX,
): LedgerSource {
  const models = modelsOn(connection, prefix);
  return {
    accounts: () => accountsOf(models),
    async audit(account, look) {
      // Rollups come first: read after the book, they might count what it does not know of yet.
      const seen = await readRollups(models, account);
      const book = await raw(models.books).findOne({ _id: account }, { ...COMMITTED });
      return look(auditOf(models, account, book, seen));
    },
  };
}

async function* accountsOf(models: Models): AsyncGenerator<string> {
  const known = new Set<string>();
  const booked = [
    raw(models.books).aggregate<{ _id: string }>([{ $project: { _id: 1 } }], { ...COMMITTED }),
    // Accounts whose book is gone have left traces here.
    raw(models.entries).aggregate<{ _id: string }>([{ $group: { _id: '$account' } }], {
      ...COMMITTED,
    }),
    raw(models.generations).aggregate<{ _id: string }>(
      [{ $match: { seq: { $gt: 0 } } }, { $group: { _id: '$account' } }],
      { ...COMMITTED },
    ),
  ];
  for (const accounts of booked) {
    for await (const { _id: account } of accounts) {
      if (known.has(account)) continue;
      known.add(account);
      yield account;
    }
  }
}

function auditOf(models: Models, account: string, doc: BookDoc | null, seen: RollupsSeen): AuditedAccount {
  const book = doc ? readBook(doc) : emptyBook(account);
  // Of an account without a book everything counts, since nothing can be under way.
  const upTo = doc ? book.seq : Number.MAX_SAFE_INTEGER;
  const waiting = doc?.outbox ?? [];
  return {
    book,
    entries: entriesUpTo(models, account, upTo, waiting),
    generations: generationsUpTo(models, account, upTo, waiting),
    ...seen,
  };
}

/** What waits in the outbox, and what had been copied from it: an item that is seen in both is one. */
async function* entriesUpTo(
  models: Models,
  account: string,
  upTo: number,
  waiting: readonly OutboxItem[],
): AsyncGenerator<LedgerEntry> {
  const known = new Set<string>();
  for (const { id, seq, entry } of waiting) {
    if (!entry) continue;
    known.add(id);
    const { kind, amount, at, note } = entry;
    yield { id, account, seq, kind, amount: readNanos(amount), at: at.getTime(), note };
  }
  const copied = raw(models.entries).find({ account, seq: { $lte: upTo } }, { ...COMMITTED });
  for await (const { id, seq, kind, amount, at, note } of copied) {
    if (!known.has(id)) yield { id, account, seq, kind, amount: readNanos(amount), at: at.getTime(), note };
  }
}

async function* generationsUpTo(
  models: Models,
  account: string,
  upTo: number,
  waiting: readonly OutboxItem[],
): AsyncGenerator<SettledGeneration> {
  // Of two records of one generation the later counts.
  const newest = new Map<string, SettledGeneration>();
  for (const { id, seq, generation } of waiting) {
    if (generation) newest.set(id, readSettled(id, seq, generation));
  }
  yield* newest.values();
  const copied = raw(models.generations).find(
    { _id: recordRange(account), seq: { $lte: upTo } },
    { ...COMMITTED, projection: { lines: 0, attempts: 0 } },
  );
  for await (const { id, seq = 0, charge = 0n, final = false, settledAt = new Date(0), ...doc } of copied) {
    if (!newest.has(id)) yield readSettled(id, seq, { ...doc, charge, final, settledAt });
  }
}

function readSettled(id: string, seq: number, fields: SettledFields): SettledGeneration {
  const { key = '', model = '', provider = '', cost = 0n, charge, final, usage = null } = fields;
  return {
    id,
    keyId: key,
    model,
    provider,
    seq,
    settledAt: fields.settledAt.getTime(),
    createdAt: fields.createdAt.getTime(),
    cost: readNanos(cost),
    charge: readNanos(charge),
    final,
    usage,
  };
}
