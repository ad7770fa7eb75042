import { mongo } from 'mongoose';
import type { Nanos } from '@onerouter/core';

/** What an int64 may come back as: that depends on the driver's options, which are the connection's owner's. */
export type StoredInt64 = bigint | number | mongo.Long;

/** An int64 as it was written, whatever the connection makes of it. No double is ever involved beyond 2^53. */
export function readNanos(stored: StoredInt64): Nanos {
  if (typeof stored === 'bigint') return stored;
  return typeof stored === 'number' ? BigInt(stored) : stored.toBigInt();
}

/**
 * An id as the name of a field, so that a reservation can be set and unset by its path. Dots part paths, a dollar begins
 * an operator, NUL ends a name, and a path with an empty step is none.
 */
export function toFieldName(id: string): string {
  if (id === '') return '%';
  return id.replaceAll(/[%.$\0]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** The id that a field was named after. */
export function fromFieldName(name: string): string {
  if (name === '%') return '';
  return name.replaceAll(/%([0-9a-f]{2})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** `_id` of what belongs to an account: its account comes first, so that one shard has all of an account. */
export function recordKey(account: string, id: string): string {
  return joinKey([account, id]);
}

/** The `_id`s of what belongs to an account. */
export function recordRange(account: string): { $gte: string; $lt: string } {
  const from = recordKey(account, '');
  // The character behind the slash, where the next account's could begin.
  return { $gte: from, $lt: `${from.slice(0, -1)}0` };
}

/** Parts as one text that no other parts give. */
export function joinKey(parts: readonly string[]): string {
  const last = parts.length - 1;
  return parts
    .map((part, at) => (at === last ? part : part.replaceAll(/[%/]/g, encodeURIComponent)))
    .join('/');
}
