import type { AccountChange } from '@onerouter/billing';
import type { mongo } from 'mongoose';
import { outboxItems, writeKeyUse, writeLots } from './book-doc.ts';
import { packGeneration } from './generation-fields.ts';
import type { BookDoc, KeyUsePart, OpenPart } from './schemas/book.ts';
import { toFieldName } from './values.ts';

/**
 * The one write that makes a change: it inserts the book, or updates it on condition that it stands where the change
 * starts from.
 *
 * @param commit names this commit
 */
export function bookWrite(
  change: AccountChange,
  nowMs: number,
  commit: string,
): mongo.AnyBulkWriteOperation<BookDoc> {
  if (change.fromSeq === 0) return { insertOne: { document: newBook(change, nowMs, commit) } };
  const { account, fromSeq } = change;
  return { updateOne: { filter: { _id: account, seq: fromSeq }, update: update(change, nowMs, commit) } };
}

function update(change: AccountChange, nowMs: number, commit: string): mongo.UpdateFilter<BookDoc> {
  const { seq, balance, reserved, spent, lots, nextExpiryAt } = change;
  const set: Record<string, unknown> = { seq, balance, reserved, spent, commit };
  const unset: Record<string, ''> = {};
  for (const id of change.closed) unset[`open.${toFieldName(id)}`] = '';
  for (const [name, part] of Object.entries(opened(change))) {
    // What closes and opens in one change is overwritten; one update must not name a path twice.
    delete unset[`open.${name}`];
    set[`open.${name}`] = part;
  }
  for (const [name, part] of Object.entries(keyUse(change))) set[`keyUse.${name}`] = part;
  if (lots) {
    set['lots'] = writeLots(lots);
    if (nextExpiryAt === null) unset['nextExpiryAt'] = '';
    else set['nextExpiryAt'] = new Date(nextExpiryAt);
  }
  const items = outboxItems(change, nowMs);
  const pushed = {
    $push: { outbox: { $each: items } },
    // From the first thing that waits on, so that the index does not change with every commit.
    $min: { pendingAt: new Date(nowMs) },
  };
  const owners = { $addToSet: { owners: { $each: ownersOf(change) } } };
  return {
    $set: set,
    ...(Object.keys(unset).length > 0 ? { $unset: unset } : {}),
    ...(items.length > 0 ? pushed : {}),
    ...(change.opened.length > 0 ? owners : {}),
  };
}

function newBook(change: AccountChange, nowMs: number, commit: string): BookDoc {
  const { account, seq, balance, reserved, spent, lots = [], nextExpiryAt } = change;
  const outbox = outboxItems(change, nowMs);
  return {
    _id: account,
    seq,
    balance,
    reserved,
    spent,
    lots: writeLots(lots),
    ...(nextExpiryAt === null ? {} : { nextExpiryAt: new Date(nextExpiryAt) }),
    open: opened(change),
    keyUse: keyUse(change),
    owners: ownersOf(change),
    outbox,
    ...(outbox.length > 0 ? { pendingAt: new Date(nowMs) } : {}),
    commit,
  };
}

function opened(change: AccountChange): Record<string, OpenPart> {
  return Object.fromEntries(
    change.opened.map(({ id, key, amount, owner, draft }) => [
      toFieldName(id),
      { key, amount, owner, draft: packGeneration(draft) },
    ]),
  );
}

function keyUse(change: AccountChange): Record<string, KeyUsePart> {
  return Object.fromEntries(change.keyUse.map((use) => [toFieldName(use.key), writeKeyUse(use)]));
}

function ownersOf(change: AccountChange): string[] {
  return [...new Set(change.opened.map(({ owner }) => owner))];
}
