import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlertClaims } from '../alerts/alert-claims.ts';

/** A fresh, empty store, another view of it as another process has it, and how to close both. */
export interface MadeAlertClaims {
  readonly store: AlertClaims;
  readonly another: AlertClaims;
  close?(): Promise<void>;
}

const STALE_MS = 1_000;

/**
 * The exam of an `AlertClaims`.
 *
 * @param name of the adapter
 * @param make an empty store for each test; its clock must be `() => clock.now`
 */
export function alertClaimsSuite(
  name: string,
  make: (clock: { readonly now: number }) => Promise<MadeAlertClaims>,
): void {
  describe(`${name} keeps who was told of low credits`, () => {
    const clock = { now: 0 };
    let made: MadeAlertClaims;
    beforeEach(async () => {
      clock.now = 1_790_000_000_000;
      made = await make(clock);
    });
    afterEach(async () => {
      await made.close?.();
    });

    it('gives an alert to one of many that claim it at once, in whatever process', async () => {
      const stores = Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? made.store : made.another));
      const claimed = await Promise.all(stores.map((store) => store.claim('acc-1', STALE_MS)));
      expect(claimed.filter(Boolean)).toHaveLength(1);
      expect(await made.another.claim('acc-1', STALE_MS)).toBe(false);
      expect(await made.another.claim('acc-2', STALE_MS)).toBe(true);
    });

    it('gives it again after it was cleared', async () => {
      await made.store.claim('acc-1', STALE_MS);
      await made.store.sent('acc-1');
      await made.another.clear('acc-1');
      await made.another.clear('acc-1');
      expect(await made.store.claim('acc-1', STALE_MS)).toBe(true);
      expect(await made.store.claim('acc-1', STALE_MS)).toBe(false);
    });

    it('gives it to one other when who claimed it did not send it in time', async () => {
      await made.store.claim('acc-1', STALE_MS);
      clock.now += STALE_MS - 1;
      expect(await made.another.claim('acc-1', STALE_MS)).toBe(false);
      clock.now += 1;
      const claimed = await Promise.all(
        [made.store, made.another, made.store].map((store) => store.claim('acc-1', STALE_MS)),
      );
      expect(claimed.filter(Boolean)).toHaveLength(1);
    });

    it('never gives again what was sent', async () => {
      await made.store.claim('acc-1', STALE_MS);
      await made.store.sent('acc-1');
      await made.store.sent('acc-2');
      clock.now += 10 * STALE_MS;
      expect(await made.another.claim('acc-1', STALE_MS)).toBe(false);
      expect(await made.another.claim('acc-2', STALE_MS)).toBe(true);
    });
  });
}
