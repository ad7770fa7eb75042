import { principalSlot, type Principal } from '@onerouter/core';
import type { Request, RequestHandler } from 'express';

/** Who calls, for servers with authentication of their own. Without a function the slot stays as it was filled. */
export function takePrincipal(principal?: (req: Request) => Principal): RequestHandler {
  return function takePrincipal(req, _res, next) {
    if (principal) principalSlot.set(req, principal(req));
    next();
  };
}
