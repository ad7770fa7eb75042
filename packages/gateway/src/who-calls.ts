import { bearerAuth, type BearerAuthOptions } from '@onerouter/auth';
import type { PrincipalKind } from '@onerouter/core';
import type { RequestHandler } from 'express';

export interface WhoCallsOptions extends Omit<BearerAuthOptions, 'kinds'> {
  /** Kinds of key that may pass. */
  readonly kinds: readonly Exclude<PrincipalKind, 'session'>[];
  /** Recognises signed-in people, who may pass then too. @default keys only */
  readonly session: RequestHandler | undefined;
}

/** Keys, and where pages are served the sessions of people; one middleware, so that keys do not pay for the other. */
export function whoCalls({ session, kinds, ...options }: WhoCallsOptions): RequestHandler {
  if (!session) return bearerAuth({ ...options, kinds });
  const auth = bearerAuth({ ...options, kinds: [...kinds, 'session'] });
  return function whoCalls(req, res, next) {
    if (req.headers.authorization === undefined)
      session(req, res, (err?: unknown) => {
        if (err === undefined) auth(req, res, next);
        else next(err);
      });
    else auth(req, res, next);
  };
}
