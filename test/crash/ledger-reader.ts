import { verifyLedger, type LedgerSource } from '@onerouter/billing';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { readLedger, type StoreAddress } from './stores.ts';

/** Every reservation of a killed process must have ended this long after the next start. */
const SETTLED_WITHIN_MS = 60_000;

/** Waits until nothing is reserved any more; what was found on the way has to add up. */
export async function everythingEnds(store: StoreAddress): Promise<void> {
  const giveUpAt = Date.now() + SETTLED_WITHIN_MS;
  for (;;) {
    const { differences, reserved, open } = await readLedger(store, verifyLedger);
    expect(differences).toEqual([]);
    if (reserved === 0n && open === 0) return;
    if (Date.now() > giveUpAt) throw new Error(`${open} reservations are still open.`);
    await pause(100);
  }
}

/** What each generation was charged in all, with its adjustments. */
export async function chargesOf(source: LedgerSource): Promise<ReadonlyMap<string, bigint>> {
  const charges = new Map<string, bigint>();
  const add = (id: string, amount: bigint): void => {
    if (amount !== 0n) charges.set(id, (charges.get(id) ?? 0n) + amount);
  };
  for await (const account of source.accounts()) {
    await source.audit(account, async ({ entries, generations }) => {
      for await (const { id, kind, amount } of entries) {
        if (kind === 'adjustment') add(id.slice('adjust:'.length), -amount);
      }
      for await (const { id, charge } of generations) add(id, charge);
    });
  }
  return charges;
}
