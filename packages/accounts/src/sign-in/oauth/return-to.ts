import { GatewayError } from '@onerouter/core';

/** Where a browser goes that was not told where. */
export const DEFAULT_RETURN_TO = '/';
const MAX_LENGTH = 2048;
const HERE = 'http://here.invalid';

/**
 * A path on this server to return to. Browsers read `//host`, `/\\host` and `/<tab>/host` as addresses of another host, so
 * a path is taken only when a URL parser, which reads like them, stays where it is.
 *
 * @throws {GatewayError} `invalid_request` for everything else
 */
export function readReturnTo(value: unknown): string {
  if (value === undefined || value === '') return DEFAULT_RETURN_TO;
  if (
    typeof value !== 'string' ||
    value.length > MAX_LENGTH ||
    !value.startsWith('/') ||
    value.includes('\\')
  ) {
    throw notHere();
  }
  if (!URL.canParse(value, HERE)) throw notHere();
  const url = new URL(value, HERE);
  const path = url.pathname + url.search + url.hash;
  // A path of dots can leave two slashes in front.
  if (url.origin !== HERE || path.startsWith('//')) throw notHere();
  return path;
}

function notHere(): GatewayError {
  return new GatewayError('invalid_request', 'return_to must be a path on this server, such as /chat.', {
    param: 'return_to',
  });
}
