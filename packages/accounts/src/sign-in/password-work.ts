import { GatewayError } from '@onerouter/core';
import pLimit from 'p-limit';
import { DEFAULT_SCRYPT_COST, hashPassword, verifyPassword, type ScryptCost } from '../passwords.ts';

/** Hashes that run at once: each takes 128 MiB and a thread of the four that look up names and read files too. */
export const HASHES_AT_ONCE = 2;
/** Hashes that may wait, about half a minute's worth. */
export const HASHES_WAITING = 100;
const RETRY_MS = 5_000;

/** Hashing of passwords, a few at a time. Every method rejects with 503 while too many wait. */
export interface PasswordWork {
  hash(password: string): Promise<string>;
  /** Whether a password is right. Takes as long where there is none to compare with. */
  verify(password: string, stored: string | null): Promise<boolean>;
}

export function createPasswordWork(cost: ScryptCost = DEFAULT_SCRYPT_COST): PasswordWork {
  const turns = pLimit(HASHES_AT_ONCE);
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    if (turns.pendingCount < HASHES_WAITING) return turns(work);
    return Promise.reject(
      new GatewayError('unavailable', 'Too many people sign in at this moment. Retry shortly.', {
        retryAfterMs: RETRY_MS,
      }),
    );
  };
  const nobody = `$scrypt$ln=${cost.logN},r=${cost.r},p=${cost.p}$${'A'.repeat(22)}$${'A'.repeat(43)}`;
  return {
    hash: (password) => inTurn(() => hashPassword(password, cost)),
    verify: (password, stored) =>
      inTurn(async () => {
        const right = await verifyPassword(password, stored ?? nobody);
        return stored !== null && right;
      }),
  };
}
