import { hash, randomBytes } from 'node:crypto';
import type { KeyRecord } from './key-store.ts';

export type KeyKind = KeyRecord['kind'];

/** How keys of each kind begin; 64 lower-case hexadecimal digits follow. */
export const KEY_PREFIXES: Readonly<Record<KeyKind, string>> = {
  api: 'sk-or-v1-',
  management: 'sk-or-mgmt-v1-',
};

const SECRET_BYTES = 32;
const FORMAT = /^(sk-or-(?:mgmt-)?v1-)[0-9a-f]{64}$/;
const SHOWN_DIGITS = 3;

/** A new key for inference: `sk-or-v1-` and 32 random bytes in hex. */
export function newApiKey(): string {
  return KEY_PREFIXES.api + randomBytes(SECRET_BYTES).toString('hex');
}

/** A new key for administration: `sk-or-mgmt-v1-` and 32 random bytes in hex. */
export function newManagementKey(): string {
  return KEY_PREFIXES.management + randomBytes(SECRET_BYTES).toString('hex');
}

/** The name of a key in stores and records: its SHA-256, in hex. */
export function hashKey(key: string): string {
  return hash('sha256', key, 'hex');
}

/** The kind that a key's format says it is; `undefined` for text that is no key of this gateway. */
export function keyKind(key: string): KeyKind | undefined {
  const prefix = FORMAT.exec(key)?.[1];
  if (prefix === undefined) return undefined;
  return prefix === KEY_PREFIXES.api ? 'api' : 'management';
}

/**
 * The masked form of a key that may be shown: `sk-or-v1-abc...123`.
 *
 * @throws {RangeError} on text that is no key of this gateway; its message does not quote the text
 */
export function keyLabel(key: string): string {
  const kind = keyKind(key);
  if (kind === undefined)
    throw new RangeError('Not a key: expected sk-or-v1- or sk-or-mgmt-v1- and 64 hex digits.');
  const prefix = KEY_PREFIXES[kind];
  return `${prefix}${key.slice(prefix.length, prefix.length + SHOWN_DIGITS)}...${key.slice(-SHOWN_DIGITS)}`;
}
