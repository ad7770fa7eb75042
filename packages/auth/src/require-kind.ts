import { principalSlot, type PrincipalKind } from '@onerouter/core';
import type { RequestHandler } from 'express';
import { AuthError, wrongKind } from './refusals.ts';

/**
 * Keeps a route to some kinds of caller, behind an authentication that lets in more.
 *
 * Errors: 403 `permission_denied` for every other kind.
 */
export function requireKind(...kinds: readonly PrincipalKind[]): RequestHandler {
  return function requireKind(req, res, next) {
    if (kinds.includes(principalSlot.get(req).kind)) return next();
    const error = new AuthError(wrongKind(kinds));
    if (error.challenge !== undefined) res.setHeader('WWW-Authenticate', error.challenge);
    next(error);
  };
}
