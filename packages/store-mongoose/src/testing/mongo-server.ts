import { randomBytes } from 'node:crypto';
import mongoose, { STATES, type Connection, type ConnectOptions } from 'mongoose';
import { afterAll, beforeAll, describe } from 'vitest';
import { hasMongod, startMongod, type Mongod } from './mongod.ts';

/** Said of tests that are left out. */
export const HOW_TO_RUN: string =
  'skipped: no MongoDB; set MONGODB_URI to a server for tests, as in ' +
  '`MONGODB_URI=mongodb://127.0.0.1:27017 npx pnpm test`, or put mongod on the PATH';

/** A server that a story may use, and databases of its own on it. */
export class MongoServer {
  #uri: string | undefined;
  #connections: Connection[] = [];

  /** Its address, for hooks and tests; it is not known before. */
  get uri(): string {
    if (this.#uri === undefined) throw new Error('The MongoDB server has not been started yet.');
    return this.#uri;
  }

  set uri(uri: string) {
    this.#uri = uri;
  }

  /** The name of a database that nobody else uses. */
  newDatabase(): string {
    return `onerouter_test_${randomBytes(6).toString('hex')}`;
  }

  /** A connection of its own, as another process would have it. */
  async connect(dbName: string, options: ConnectOptions = {}): Promise<Connection> {
    const connection = await mongoose.createConnection(this.uri, { dbName, ...options }).asPromise();
    this.#connections.push(connection);
    return connection;
  }

  /** Drops a database and closes the connections to it. */
  async drop(dbName: string): Promise<void> {
    const ours = this.#connections.filter(({ name }) => name === dbName);
    this.#connections = this.#connections.filter(({ name }) => name !== dbName);
    const usable = ours.find(({ readyState }) => readyState === STATES.connected);
    await (usable ?? (await this.connect(dbName))).dropDatabase();
    for (const connection of ours) await connection.close();
  }

  /** Closes what is left open. */
  async close(): Promise<void> {
    for (const connection of this.#connections) await connection.close();
  }
}

/**
 * A story that needs a MongoDB server: the one that `MONGODB_URI` names, else a `mongod` of the PATH, started for it.
 * Without either it is reported as skipped, with what to do about it.
 */
export function describeOnMongo(name: string, story: (server: MongoServer) => void): void {
  const given = process.env['MONGODB_URI'];
  const uri = given === '' ? undefined : given;
  const server = new MongoServer();
  const missing = uri === undefined && !hasMongod();
  // Reporters count what is skipped, and few say why.
  if (missing) process.stderr.write(`${name}: ${HOW_TO_RUN}\n`);
  describe.skipIf(missing)(missing ? `${name} (${HOW_TO_RUN})` : name, () => {
    let mongod: Mongod | undefined;
    beforeAll(async () => {
      mongod = uri === undefined ? await startMongod() : undefined;
      server.uri = uri ?? mongod?.uri ?? '';
    });
    afterAll(async () => {
      await server.close();
      await mongod?.stop();
    });
    story(server);
  });
}
