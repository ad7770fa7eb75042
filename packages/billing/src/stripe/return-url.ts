import { GatewayError } from '@onerouter/core';

/**
 * Where Checkout sends the browser back to: a path or an address at the site's own origin.
 *
 * @param origin of the site
 * @param given what the caller asked for
 * @param fallback a path
 * @throws {GatewayError} `invalid_request` 400 for an address of somebody else's
 */
export function returnUrl(
  origin: string,
  given: string | undefined,
  fallback: string,
  param: string,
): string {
  const base = new URL(origin);
  const text = given ?? fallback;
  const url = URL.canParse(text, base.href) ? new URL(text, base) : undefined;
  if (url?.origin === base.origin && url.username === '' && url.password === '') return url.href;
  throw new GatewayError('invalid_request', `${param} must be a path or an address at ${base.origin}.`, {
    param,
  });
}
