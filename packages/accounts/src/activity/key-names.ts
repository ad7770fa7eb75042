import { SESSION_KEY_ID, SESSION_KEY_NAME, type KeyStore } from '@onerouter/auth';

/** Names of keys by hash. A key that is gone, or somebody else's, has none. */
export type KeyNames = ReadonlyMap<string, string>;

/** Looks up what an account calls its keys. */
export async function keyNames(
  keys: Pick<KeyStore, 'find'>,
  accountId: string,
  hashes: Iterable<string>,
): Promise<KeyNames> {
  const names = new Map([[SESSION_KEY_ID, SESSION_KEY_NAME]]);
  const wanted = [...new Set(hashes)].filter((hash) => !names.has(hash));
  const found = await Promise.all(wanted.map((hash) => keys.find(hash)));
  for (const key of found) if (key?.accountId === accountId) names.set(key.hash, key.name);
  return names;
}
