import { randomBytes } from 'node:crypto';
import { hashKey } from '@onerouter/auth';
import type { TicketPurpose, TicketStore } from './ticket-store.ts';

/** Makes secrets that are good for once, and takes them back. */
export interface Tickets {
  /**
   * @param data what `redeem()` gives back; JSON
   * @returns the secret: 32 random bytes in base64url
   */
  issue(purpose: TicketPurpose, data: unknown, ttlMs: number): Promise<string>;
  /** The data of a secret, once; `undefined` when it is unknown, used, or beyond its time. */
  redeem(purpose: TicketPurpose, secret: string): Promise<unknown>;
}

export function createTickets(store: TicketStore, now: () => number = Date.now): Tickets {
  return {
    async issue(purpose, data, ttlMs) {
      const secret = randomBytes(32).toString('base64url');
      const expiresAt = now() + ttlMs;
      await store.put({ purpose, hash: hashKey(secret), data: JSON.stringify(data), expiresAt });
      return secret;
    },
    async redeem(purpose, secret) {
      const ticket = await store.take(purpose, hashKey(secret));
      return ticket && ticket.expiresAt > now() ? (JSON.parse(ticket.data) as unknown) : undefined;
    },
  };
}
