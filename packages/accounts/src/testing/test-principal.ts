import type { Principal } from '@onerouter/core';

/** A caller for a test, by default `acc-ann`'s session. */
export function testPrincipal(fields: Partial<Principal> = {}): Principal {
  return {
    kind: 'session',
    accountId: 'acc-ann',
    keyId: 'a'.repeat(64),
    keyName: 'a key',
    keyLabel: 'sk-or-v1-abc...123',
    keyLimit: null,
    keyLimitReset: null,
    allowTraining: false,
    ...fields,
  };
}
