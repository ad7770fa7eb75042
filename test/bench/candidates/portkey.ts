import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const FOLDER: string = fileURLToPath(new URL('../peers/portkey/', import.meta.url));
const INSTALL_MS = 180_000;

/** The file that starts it. */
export const PORTKEY_SERVER: string = `${FOLDER}node_modules/@portkey-ai/gateway/build/start-server.js`;

/**
 * Installs Portkey's gateway on first use, in a folder of its own: it is no dependency of this workspace. Its
 * package.json overrides one dependency, without which every stream fails on a fresh install.
 *
 * @throws {Error} when npm cannot install it
 */
export async function installPortkey(): Promise<void> {
  if (existsSync(PORTKEY_SERVER)) return;
  console.error('Installing Portkey …');
  await promisify(execFile)(
    'npm',
    ['install', '--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts', '--loglevel=error'],
    { cwd: FOLDER, timeout: INSTALL_MS },
  ).catch((err: Error & { stderr?: string }) => {
    throw new Error(`npm install failed: ${(err.stderr ?? err.message).slice(0, 300)}`, { cause: err });
  });
}
