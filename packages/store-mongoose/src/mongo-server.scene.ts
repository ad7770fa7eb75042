import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose, { STATES, type Connection, type ConnectOptions } from 'mongoose';
import { afterAll, describe } from 'vitest';

const HOW_TO_RUN =
  'skipped: no MongoDB. Set MONGODB_URI to a server for tests, or put mongod on the PATH: ' +
  'MONGODB_URI=mongodb://127.0.0.1:27017 npx pnpm test';

/** A server that a test file may use, and databases of its own on it. */
export class MongoServer {
  readonly uri: string;
  readonly #connections: Connection[] = [];

  constructor(uri: string) {
    this.uri = uri;
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
    await ours.find(({ readyState }) => readyState === STATES.connected)?.dropDatabase();
    for (const connection of ours) {
      await connection.close();
      this.#connections.splice(this.#connections.indexOf(connection), 1);
    }
  }
}

/**
 * A story that needs a MongoDB server: the one of MONGODB_URI, else a `mongod` from the PATH. Without either it is
 * reported as skipped, with the reason.
 */
export function describeOnMongo(name: string, story: (server: MongoServer) => void): void {
  if (!found) {
    describe.skip(`${name} (${HOW_TO_RUN})`, () => story(new MongoServer('mongodb://nowhere')));
    return;
  }
  describe(name, () => story(new MongoServer(found.uri)));
}

interface Found {
  readonly uri: string;
  stop(): Promise<void>;
}

async function findServer(): Promise<Found | undefined> {
  const uri = process.env['MONGODB_URI'];
  if (uri !== undefined && uri !== '') return { uri, stop: async () => {} };
  if (spawnSync('mongod', ['--version']).status !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'onerouter-mongod-'));
  const port = await freePort();
  const mongod = spawn(
    'mongod',
    ['--dbpath', folder, '--port', String(port), '--bind_ip', '127.0.0.1', '--quiet'],
    { stdio: 'ignore' },
  );
  return {
    uri: `mongodb://127.0.0.1:${port}/?directConnection=true`,
    async stop() {
      await ended(mongod);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill();
  });
}

const found = await findServer();
afterAll(() => found?.stop());
