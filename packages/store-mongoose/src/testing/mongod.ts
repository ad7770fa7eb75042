import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A server of its own, with a folder of its own. */
export interface Mongod {
  readonly uri: string;
  stop(): Promise<void>;
}

/** Whether there is a `mongod` on the PATH. */
export function hasMongod(): boolean {
  return spawnSync('mongod', ['--version']).status === 0;
}

/** Starts one on a free port. Drivers wait until it answers. */
export async function startMongod(): Promise<Mongod> {
  const folder = mkdtempSync(join(tmpdir(), 'onerouter-mongod-'));
  const port = await freePort();
  const options = ['--dbpath', folder, '--port', String(port), '--bind_ip', '127.0.0.1', '--quiet'];
  const mongod = spawn('mongod', options, { stdio: 'ignore' });
  const exited = once(mongod, 'exit');
  return {
    uri: `mongodb://127.0.0.1:${port}/?directConnection=true`,
    async stop() {
      mongod.kill();
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
