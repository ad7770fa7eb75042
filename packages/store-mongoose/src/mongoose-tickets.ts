import type { TicketStore } from '@onerouter/accounts';
import { DURABLE } from './concerns.ts';
import { raw, type Models } from './models.ts';
import { joinKey } from './values.ts';

/** Secrets that are good for once. */
export function mongooseTickets(models: Models): TicketStore {
  const tickets = raw(models.tickets);
  return {
    async put({ purpose, hash, data, expiresAt }) {
      const ticket = { purpose, hash, data, expiresAt: new Date(expiresAt) };
      await tickets.insertOne({ _id: joinKey([purpose, hash]), ...ticket }, DURABLE);
    },
    async take(purpose, hash) {
      const doc = await tickets.findOneAndDelete({ _id: joinKey([purpose, hash]) }, DURABLE);
      return doc ? { purpose, hash, data: doc.data, expiresAt: doc.expiresAt.getTime() } : undefined;
    },
  };
}
