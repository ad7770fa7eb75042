import type { AlertClaims } from '@onerouter/accounts';
import { DURABLE, isDuplicate } from './concerns.ts';
import { raw, type Models } from './models.ts';
import type { StoreClock } from './server-clock.ts';

/** Who was told that their credits run low. */
export function mongooseAlertClaims(models: Models, clock: StoreClock): AlertClaims {
  const claims = raw(models.alertClaims);
  return {
    async claim(accountId, staleMs) {
      const now = clock.now();
      try {
        // A claim that stands does not match, so it would be inserted a second time, and its id is taken.
        await claims.updateOne(
          { _id: accountId, sent: false, claimedAt: { $lte: new Date(now - staleMs) } },
          { $set: { claimedAt: new Date(now) } },
          { upsert: true, ...DURABLE },
        );
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    async sent(accountId) {
      await claims.updateOne({ _id: accountId }, { $set: { sent: true } }, DURABLE);
    },
    async clear(accountId) {
      await claims.deleteOne({ _id: accountId }, DURABLE);
    },
  };
}
