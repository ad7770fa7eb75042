import type { AlertClaims } from './alert-claims.ts';

/** Claims in this process's memory: for tests, and for servers that are one process. */
export function memoryAlertClaims(now: () => number = Date.now): AlertClaims {
  const claims = new Map<string, { readonly at: number; readonly sent: boolean }>();
  return {
    async claim(accountId, staleMs) {
      const known = claims.get(accountId);
      if (known && (known.sent || known.at > now() - staleMs)) return false;
      claims.set(accountId, { at: now(), sent: false });
      return true;
    },
    async sent(accountId) {
      const known = claims.get(accountId);
      if (known) claims.set(accountId, { ...known, sent: true });
    },
    async clear(accountId) {
      claims.delete(accountId);
    },
  };
}
