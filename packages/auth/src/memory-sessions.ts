import type { SessionRecord, SessionStore } from './session-store.ts';

/** Sessions in this process's memory: for tests, and for servers that may sign everybody out when they restart. */
export function memorySessions(): SessionStore {
  const sessions = new Map<string, SessionRecord>();

  const of = (accountId: string): SessionRecord[] =>
    [...sessions.values()].filter((session) => session.accountId === accountId);

  return {
    async save(session) {
      for (const { hash, expiresAt } of sessions.values()) {
        if (expiresAt <= session.createdAt) sessions.delete(hash);
      }
      sessions.set(session.hash, { ...session });
    },
    async find(hash) {
      return sessions.get(hash);
    },
    async touch(hash, { lastSeenAt, expiresAt }) {
      const session = sessions.get(hash);
      if (session) sessions.set(hash, { ...session, lastSeenAt, expiresAt });
    },
    async list(accountId) {
      return of(accountId).toSorted((a, b) => b.lastSeenAt - a.lastSeenAt || (a.hash < b.hash ? -1 : 1));
    },
    async delete(accountId, hash) {
      return sessions.get(hash)?.accountId === accountId && sessions.delete(hash);
    },
    async deleteAll(accountId, exceptHash) {
      const ended = of(accountId).filter(({ hash }) => hash !== exceptHash);
      for (const { hash } of ended) sessions.delete(hash);
      return ended.length;
    },
  };
}
