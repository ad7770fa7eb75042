import { randomBytes } from 'node:crypto';

// Random bytes are drawn 4 KiB at a time: one system call for 256 ids.
let pool = Buffer.alloc(0);
let at = 0;

function randomHex(bytes: number): string {
  if (at + bytes > pool.length) {
    pool = randomBytes(4096);
    at = 0;
  }
  at += bytes;
  return pool.toString('hex', at - bytes, at);
}

/**
 * A new generation id: `gen-`, the time in base 36 (so that ids sort by it), 12 random bytes in hex.
 *
 * @param nowMs milliseconds since the epoch
 */
export function newGenerationId(nowMs: number): string {
  return `gen-${nowMs.toString(36).padStart(9, '0')}-${randomHex(12)}`;
}

/** A new request id: `req-` and 12 random bytes in hex. */
export function newRequestId(): string {
  return `req-${randomHex(12)}`;
}
