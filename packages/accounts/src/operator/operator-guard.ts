import { principalSlot } from '@onerouter/core';
import type { Request, RequestHandler } from 'express';
import type { Account, AccountStore } from '../account-store.ts';

const operators = new WeakMap<Request, Account>();

/**
 * Lets operators in, signed in or with a management key, and leaves the router for everybody else: they get what any
 * unknown path gets, so that nothing tells them that there is an area for operators.
 */
export function operatorGuard(accounts: Pick<AccountStore, 'findAccount'>): RequestHandler {
  return async function operatorGuard(req, _res, next) {
    const { kind, accountId } = principalSlot.get(req);
    // Asked each time: who is no operator any more must not be one for another minute.
    const account = kind === 'api' ? undefined : await accounts.findAccount(accountId);
    if (account?.role !== 'operator') {
      next('router');
      return;
    }
    operators.set(req, account);
    next();
  };
}

/** The operator who asks, behind {@link operatorGuard}. */
export function operatorOf(req: Request): Account {
  const operator = operators.get(req);
  if (!operator) throw new TypeError('operatorGuard() is not mounted in front of this route.');
  return operator;
}
