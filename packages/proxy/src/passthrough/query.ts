/** Parameters that carry credentials in one API or another, without case, `-` and `_`. */
const SECRET_NAMES: ReadonlySet<string> = new Set([
  'accesstoken',
  'apikey',
  'apisecret',
  'apitoken',
  'auth',
  'authorization',
  'authtoken',
  'bearer',
  'bearertoken',
  'clientsecret',
  'cookie',
  'credential',
  'idtoken',
  'jwt',
  'key',
  'password',
  'refreshtoken',
  'secret',
  'session',
  'sessionid',
  'sessiontoken',
  'sig',
  'signature',
  'subscriptionkey',
  'token',
  'xapikey',
]);

/**
 * A query without credentials: parameters that are named like one, and any that holds the caller's own key, stay here.
 * The rest goes on as it was written.
 *
 * @param query without the `?`
 * @param key what the caller authenticated with
 */
export function withoutSecrets(query: string, key: string | undefined): string {
  return query
    .split('&')
    .filter((part) => part !== '' && !isSecret(part, key))
    .join('&');
}

function isSecret(part: string, key: string | undefined): boolean {
  const text = decode(part);
  // With nothing decodable to judge, it stays here.
  if (text === undefined) return true;
  const name = (text.split('=', 1)[0] ?? '').toLowerCase().replace(/[^a-z0-9]/g, '');
  return SECRET_NAMES.has(name) || (key !== undefined && text.includes(key));
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
