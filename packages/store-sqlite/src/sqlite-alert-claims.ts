import type { DatabaseSync } from 'node:sqlite';
import type { AlertClaims } from '@onerouter/accounts';

// One statement, so that no other process gets in between.
const CLAIM = `INSERT INTO alert_claims (account, claimed_at, sent) VALUES (?, ?, 0)
  ON CONFLICT (account) DO UPDATE SET claimed_at = excluded.claimed_at WHERE sent = 0 AND claimed_at <= ?`;

/** Who was told that their credits run low. */
export function sqliteAlertClaims(db: DatabaseSync, now: () => number): AlertClaims {
  const claim = db.prepare(CLAIM);
  const sent = db.prepare('UPDATE alert_claims SET sent = 1 WHERE account = ?');
  const clear = db.prepare('DELETE FROM alert_claims WHERE account = ?');
  return {
    async claim(accountId, staleMs) {
      const at = now();
      return Number(claim.run(accountId, at, at - staleMs).changes) === 1;
    },
    async sent(accountId) {
      sent.run(accountId);
    },
    async clear(accountId) {
      clear.run(accountId);
    },
  };
}
