import { setTimeout as pause } from 'node:timers/promises';
import { warningLog, type Log } from '@onerouter/core';
import mongoose, { type Connection, type ConnectOptions } from 'mongoose';

/** How long an operation waits for a server that is away, before it fails and its request is refused. */
export const SERVER_SELECTION_MS = 2_000;
/** How long an answer of the server may take. Shorter than a lease, so that a process notices before it loses it. */
export const SOCKET_TIMEOUT_MS = 10_000;
/** Connections to the server. */
export const POOL_SIZE = 20;
/** Database where the address names none; the driver's own default is called `test`. */
export const DEFAULT_DATABASE = 'onerouter';
const NAMES_DATABASE = /^[^/]+:\/\/[^/]+\/[^?]/;
/** Wait before the first connection is tried again. */
export const RECONNECT_MS = 1_000;

export interface ConnectMongoOptions {
  /** Mongoose's options, over the defaults given here. */
  readonly connect?: ConnectOptions;
  /** Where it is reported that the server is away, and that it is back. @default Node's process warnings */
  readonly log?: Log;
}

/** Mongoose's options for an address, as {@link connectMongo} uses them. */
export function mongoOptions(uri: string): ConnectOptions {
  return {
    serverSelectionTimeoutMS: SERVER_SELECTION_MS,
    socketTimeoutMS: SOCKET_TIMEOUT_MS,
    maxPoolSize: POOL_SIZE,
    bufferCommands: false,
    ...(NAMES_DATABASE.test(uri) ? {} : { dbName: DEFAULT_DATABASE }),
  };
}

/** A connection that comes up as soon as the server does. */
export interface MongoLink {
  readonly connection: Connection;
  /** Resolves when the connection is up for the first time; rejects when it was closed before, or the address is none. */
  readonly up: Promise<void>;
  close(): Promise<void>;
}

/**
 * Connects to MongoDB, and keeps trying: mongoose finds a server again that it lost, but gives up on one that was never
 * there. Operations fail at once, instead of waiting, as long as the first connection has not been made.
 */
export function connectMongo(uri: string, options: ConnectMongoOptions = {}): MongoLink {
  const { log = warningLog } = options;
  const closed = new AbortController();
  const connection = mongoose.createConnection();
  // Its own connections to hosts come and go; these are about the server as a whole.
  connection.on('disconnected', () => {
    if (!closed.signal.aborted) log.error({}, 'MongoDB is away; nothing new is admitted until it is back.');
  });
  connection.on('reconnected', () => log.warn({}, 'MongoDB is back.'));
  connection.on('error', (err: unknown) => log.error({ err }, 'The connection to MongoDB failed.'));
  const up = connectUntilUp(connection, uri, options.connect ?? {}, log, closed.signal);
  // Whoever does not wait for it has been told by the log.
  up.catch(() => {});
  return {
    connection,
    up,
    async close() {
      closed.abort();
      await connection.close();
    },
  };
}

async function connectUntilUp(
  connection: Connection,
  uri: string,
  options: ConnectOptions,
  log: Log,
  closed: AbortSignal,
): Promise<void> {
  for (let tried = 0; ; tried += 1) {
    try {
      await connection.openUri(uri, { ...mongoOptions(uri), ...options });
      if (tried > 0) log.warn({}, 'MongoDB is there.');
      return;
    } catch (err) {
      if (closed.aborted || err instanceof mongoose.mongo.MongoParseError) throw err;
      if (tried === 0) log.error({ err }, 'MongoDB cannot be reached; trying on.');
      await pause(RECONNECT_MS, undefined, { signal: closed });
    }
  }
}
