import type { CodeRequest } from '../../api/consent.ts';

export interface Asked {
  readonly request: CodeRequest;
  /** Host of the app; `undefined` where the code is to be copied by hand. */
  readonly host: string | undefined;
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
const RESETS: ReadonlySet<string> = new Set(['daily', 'weekly', 'monthly']);

/**
 * Reads what an app asks for from the query of its link.
 *
 * @returns a sentence that says what is wrong with the link, where it cannot be granted
 */
export function readAsked(search: URLSearchParams): Asked | string {
  const callback = search.get('callback_url');
  const host = callback === null ? undefined : hostOf(callback);
  if (callback !== null && host === undefined) {
    return 'The address that it wants to return to is neither https:// nor on this machine.';
  }
  const challenge = search.get('code_challenge');
  if (callback === null && challenge === null) {
    return 'It names neither an address to return to nor a code challenge.';
  }
  const limit = search.get('limit');
  if (limit !== null && !/^\d+(\.\d+)?$/.test(limit)) return 'The limit that it names is not an amount.';
  const reset = search.get('usage_limit_type');
  return {
    host,
    request: {
      ...(callback !== null && { callback_url: callback }),
      ...(challenge !== null && { code_challenge: challenge }),
      ...text(search, 'code_challenge_method'),
      ...text(search, 'key_label'),
      ...text(search, 'expires_at'),
      ...(limit !== null && { limit: Number(limit) }),
      ...(reset !== null && RESETS.has(reset) && { usage_limit_type: reset as 'daily' }),
    },
  };
}

function text(search: URLSearchParams, name: string): Readonly<Record<string, string>> {
  const value = search.get(name);
  return value === null ? {} : { [name]: value };
}

function hostOf(callback: string): string | undefined {
  if (!URL.canParse(callback)) return undefined;
  const { protocol, hostname, host } = new URL(callback);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname)) ? host : undefined;
}
