import { STATES, type Connection, type mongo } from 'mongoose';

/** The store's time, by which all its processes go. */
export interface StoreClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Sets it by the server. */
  sync(): Promise<void>;
}

/**
 * The server's clock, read with `hello` and carried on by this machine's monotonic one, so that neither a wrong clock nor
 * one that is being set makes a process outlive its lease or sweep another's. It is off by half a round trip at most.
 */
export function serverClock(connection: Connection): StoreClock {
  let ahead = performance.timeOrigin;
  return {
    now: () => Math.floor(performance.now() + ahead),
    async sync() {
      const from = performance.now();
      const hello = await command(connection, { hello: 1 });
      const to = performance.now();
      const serverTime: unknown = hello['localTime'];
      if (!(serverTime instanceof Date)) throw new Error('The MongoDB server does not tell its time.');
      ahead = serverTime.getTime() - (from + to) / 2;
    },
  };
}

/** A clock of the caller's, for tests. */
export function givenClock(now: () => number): StoreClock {
  return { now, sync: async () => {} };
}

/**
 * Asks the server.
 *
 * @throws {Error} when the connection was never up
 */
export async function command(connection: Connection, asked: mongo.Document): Promise<mongo.Document> {
  const { db } = connection.readyState === STATES.connecting ? await connection.asPromise() : connection;
  if (!db) throw new Error('The connection to MongoDB is not up yet.');
  return db.command(asked);
}
