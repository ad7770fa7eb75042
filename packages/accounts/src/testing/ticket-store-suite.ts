import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ticket, TicketStore } from '../sign-in/ticket-store.ts';

/** A fresh, empty store, another view of it as another process has it, and how to close both. */
export interface MadeTicketStore {
  readonly store: TicketStore;
  readonly another: TicketStore;
  close?(): Promise<void>;
}

function ticket(fields: Partial<Ticket> = {}): Ticket {
  // Stores may forget what has expired by their own clock.
  const expiresAt = 4_102_444_800_000;
  return { purpose: 'key_code', hash: 'a'.repeat(64), data: '{"a":"ü\\u0000"}', expiresAt, ...fields };
}

/**
 * The exam of a `TicketStore`.
 *
 * @param name of the adapter
 * @param make an empty store for each test
 */
export function ticketStoreSuite(name: string, make: () => Promise<MadeTicketStore>): void {
  describe(`${name} keeps secrets that are good for once`, () => {
    let made: MadeTicketStore;
    beforeEach(async () => {
      made = await make();
    });
    afterEach(async () => {
      await made.close?.();
    });

    it('hands a ticket out once, every field as it was put', async () => {
      await made.store.put(ticket());
      expect(await made.store.take('key_code', ticket().hash)).toEqual(ticket());
      expect(await made.store.take('key_code', ticket().hash)).toBeUndefined();
    });

    it('hands it to one of many that ask at once, in whatever process', async () => {
      await made.store.put(ticket());
      const takers = Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? made.store : made.another));
      const taken = await Promise.all(takers.map((store) => store.take('key_code', ticket().hash)));
      expect(taken.filter((one) => one !== undefined)).toEqual([ticket()]);
    });

    it('keeps purposes apart', async () => {
      await made.store.put(ticket());
      const reset = ticket({ purpose: 'password_reset', data: '"reset"' });
      await made.store.put(reset);
      expect(await made.store.take('oauth_state', ticket().hash)).toBeUndefined();
      expect(await made.store.take('password_reset', ticket().hash)).toEqual(reset);
      expect(await made.store.take('key_code', ticket().hash)).toEqual(ticket());
    });

    it('has nothing for what is no hash of a ticket', async () => {
      await made.store.put(ticket());
      for (const odd of ['b'.repeat(64), 'A'.repeat(64), '', '%', "' OR 1=1 --", '__proto__']) {
        expect(await made.store.take('key_code', odd)).toBeUndefined();
      }
      expect(await made.store.take('key_code', ticket().hash)).toEqual(ticket());
    });
  });
}
