import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Keys of the demo's account, and where they are kept. */
export interface DemoKeys {
  readonly apiKey: string;
  readonly apiKeyFile: string;
  readonly managementKey: string;
  readonly managementKeyFile: string;
}

/**
 * The demo account's keys. They are made once and kept beside the database in files that only the owner can read, so
 * that a command pasted yesterday works today.
 *
 * @param storePath path of the database
 */
export function demoKeys(storePath: string): DemoKeys {
  const apiKeyFile = `${storePath}.demo-key`;
  const managementKeyFile = `${storePath}.demo-management-key`;
  mkdirSync(dirname(storePath), { recursive: true });
  return {
    apiKey: keptKey(apiKeyFile, 'sk-or-v1-'),
    apiKeyFile,
    managementKey: keptKey(managementKeyFile, 'sk-or-mgmt-v1-'),
    managementKeyFile,
  };
}

function keptKey(file: string, prefix: string): string {
  const kept = readKept(file);
  if (kept !== undefined && kept.startsWith(prefix) && /^[0-9a-f]{64}$/.test(kept.slice(prefix.length))) {
    chmodSync(file, 0o600);
    return kept;
  }
  const key = prefix + randomBytes(32).toString('hex');
  writeFileSync(file, `${key}\n`, { mode: 0o600 });
  // `mode` counts only for a new file.
  chmodSync(file, 0o600);
  return key;
}

function readKept(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw err;
  }
}
