import type { SessionRecord, SessionStore } from '@onerouter/auth';
import { COMMITTED, DURABLE } from './concerns.ts';
import { raw, type Models } from './models.ts';
import type { SessionDoc } from './schemas/sign-in.ts';

/** Signed-in browsers. */
export function mongooseSessions(models: Models): SessionStore {
  const sessions = raw(models.sessions);
  return {
    async save({ hash, accountId, createdAt, lastSeenAt, expiresAt, userAgent }) {
      const [created, seen, expires] = [new Date(createdAt), new Date(lastSeenAt), new Date(expiresAt)];
      const times = { createdAt: created, lastSeenAt: seen, expiresAt: expires };
      await sessions.insertOne({ _id: hash, account: accountId, ...times, userAgent }, DURABLE);
    },
    async find(hash) {
      const doc = await sessions.findOne({ _id: hash }, COMMITTED);
      return doc ? readSession(doc) : undefined;
    },
    async touch(hash, { lastSeenAt, expiresAt }) {
      const times = { lastSeenAt: new Date(lastSeenAt), expiresAt: new Date(expiresAt) };
      await sessions.updateOne({ _id: hash }, { $set: times }, DURABLE);
    },
    async list(accountId) {
      const found = sessions.find({ account: accountId }, COMMITTED).sort({ lastSeenAt: -1, _id: 1 });
      return (await found.toArray()).map(readSession);
    },
    async delete(accountId, hash) {
      const { deletedCount } = await sessions.deleteOne({ _id: hash, account: accountId }, DURABLE);
      return deletedCount === 1;
    },
    async deleteAll(accountId, exceptHash = '') {
      const filter = { account: accountId, _id: { $ne: exceptHash } };
      return (await sessions.deleteMany(filter, DURABLE)).deletedCount;
    },
  };
}

function readSession({ _id: hash, account: accountId, userAgent, ...times }: SessionDoc): SessionRecord {
  return {
    hash,
    accountId,
    createdAt: times.createdAt.getTime(),
    lastSeenAt: times.lastSeenAt.getTime(),
    expiresAt: times.expiresAt.getTime(),
    userAgent,
  };
}
