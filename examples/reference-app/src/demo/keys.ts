import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Keys and password of the demo's account, and where they are kept. */
export interface DemoKeys {
  readonly apiKey: string;
  readonly apiKeyFile: string;
  readonly managementKey: string;
  readonly managementKeyFile: string;
  readonly password: string;
  readonly passwordFile: string;
}

/**
 * The demo account's secrets. They are made once and kept beside the database in files that only the owner can read, so
 * that a command pasted yesterday works today.
 *
 * @param storePath path of the database
 */
export function demoKeys(storePath: string): DemoKeys {
  const apiKeyFile = `${storePath}.demo-key`;
  const managementKeyFile = `${storePath}.demo-management-key`;
  const passwordFile = `${storePath}.demo-password`;
  mkdirSync(dirname(storePath), { recursive: true });
  return {
    apiKey: keptKey(apiKeyFile, 'sk-or-v1-'),
    apiKeyFile,
    managementKey: keptKey(managementKeyFile, 'sk-or-mgmt-v1-'),
    managementKeyFile,
    password: kept(passwordFile, /^[\w-]{24}$/, () => randomBytes(18).toString('base64url')),
    passwordFile,
  };
}

function keptKey(file: string, prefix: string): string {
  return kept(file, new RegExp(`^${prefix}[0-9a-f]{64}$`), () => prefix + randomBytes(32).toString('hex'));
}

function kept(file: string, form: RegExp, make: () => string): string {
  const before = readKept(file);
  if (before !== undefined && form.test(before)) {
    chmodSync(file, 0o600);
    return before;
  }
  const secret = make();
  writeFileSync(file, `${secret}\n`, { mode: 0o600 });
  // `mode` counts only for a new file.
  chmodSync(file, 0o600);
  return secret;
}

function readKept(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw err;
  }
}
