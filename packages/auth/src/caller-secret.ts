import { defineSlot, type Slot } from '@onerouter/core';
import type { Request } from 'express';

/** The secret of the session that a call came with. Filled by `sessionAuth()`. */
export const sessionSecretSlot: Slot<string> = defineSlot('session secret', 'sessionAuth()');

/**
 * What a caller has shown to be who it is, in the clear: its key, or the secret of its session. No store has it, so what
 * is sealed under it can be opened by the caller alone. Derive keys from it; neither keep it nor log it.
 *
 * @throws {Error} on a request that neither `sessionAuth()` nor `bearerAuth()` has let in
 */
export function callerSecret(req: Request): string {
  const token = /^Bearer +(\S+) *$/i.exec(req.headers.authorization ?? '')?.[1];
  return token ?? sessionSecretSlot.get(req);
}
