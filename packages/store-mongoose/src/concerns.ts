/** How long a write waits for the other members of a replica set. */
export const WRITE_TIMEOUT_MS = 10_000;

export interface WriteOptions {
  readonly writeConcern: { w: 'majority'; j: boolean; wtimeoutMS: number };
}

/** How reads are made, and what values come back as, whatever the connection's owner has set. */
export interface ReadOptions {
  readonly readPreference: 'primary';
  readonly readConcern: { level: 'majority' | 'local' };
  readonly useBigInt64: true;
  readonly promoteLongs: true;
  readonly promoteValues: true;
}

/** Every write is on the disks of a majority before it counts: anything less may be rolled back after an election. */
export const DURABLE: WriteOptions = {
  writeConcern: { w: 'majority', j: true, wtimeoutMS: WRITE_TIMEOUT_MS },
};

/** An int64 must come back as a bigint: copied on as a number it would be written as an int32 or a double. */
const VALUES = {
  readPreference: 'primary',
  useBigInt64: true,
  promoteLongs: true,
  promoteValues: true,
} as const;

/** Reads whose result is answered: only what cannot be rolled back any more. */
export const COMMITTED: ReadOptions = { ...VALUES, readConcern: { level: 'majority' } };

/** Reads that only ask whether something is there: everything the primary has, committed or not. */
export const LATEST: ReadOptions = { ...VALUES, readConcern: { level: 'local' } };

/** MongoDB's code for a unique key that is there already. */
export const DUPLICATE_KEY = 11_000;

/** Whether a write failed only because what it would insert is there already. */
export function isDuplicate(error: unknown): boolean {
  const { code, writeErrors } = error as { code?: unknown; writeErrors?: unknown };
  if (!Array.isArray(writeErrors)) return code === DUPLICATE_KEY;
  return writeErrors.every((one: { code?: unknown }) => one.code === DUPLICATE_KEY);
}
