import type { Principal, PrincipalKind } from '@onerouter/core';
import type { Request } from 'express';

/** Stands for authentication: a test says who calls. */
export function callerOf(req: Request): Principal {
  return {
    kind: (req.get('x-kind') ?? 'session') as PrincipalKind,
    accountId: req.get('x-account') ?? 'nobody',
    keyId: 'key',
    keyName: '',
    keyLabel: '',
    keyLimit: null,
    keyLimitReset: null,
    allowTraining: false,
  };
}
