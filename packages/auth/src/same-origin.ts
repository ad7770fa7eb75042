import { GatewayError } from '@onerouter/core';
import type { Request, RequestHandler } from 'express';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a browser sends this request for a page of another origin, and it may change something. Browsers say so in
 * `Sec-Fetch-Site`, older ones by an `Origin` that is not the `Host`. What sends neither is no browser, and carries only
 * the cookies that its owner gave it.
 *
 * See https://developer.mozilla.org/docs/Glossary/Fetch_metadata_request_header
 */
export function isCrossOrigin(req: Request): boolean {
  // A websocket begins with a GET, and its answers are not kept from the other site's page.
  if (SAFE_METHODS.has(req.method) && req.headers.upgrade === undefined) return false;
  const site = req.headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin } = req.headers;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== req.host;
}

/** The refusal of a request that another site's page sends with the visitor's cookies. */
export function crossOriginError(): GatewayError {
  return new GatewayError(
    'permission_denied',
    'This request was sent by a page of another site. Do this on the pages of this server, or use a key.',
    { metadata: { reason: 'cross_origin' } },
  );
}

/**
 * Refuses requests that change something for another site's page, whether they carry a cookie or not: signing somebody in
 * as somebody else is an attack too.
 *
 * Errors: 403 `permission_denied`.
 */
export function requireSameOrigin(): RequestHandler {
  return function requireSameOrigin(req, _res, next) {
    next(isCrossOrigin(req) ? crossOriginError() : undefined);
  };
}
