import { defineSlot, type Slot } from './slot.ts';
import type { Nanos } from './money.ts';

export type PrincipalKind = 'api' | 'management' | 'session';

/** Who calls: the account, and the key or session it came with. */
export interface Principal {
  readonly kind: PrincipalKind;
  readonly accountId: string;
  /** The key's hash (SHA-256 in hex), which names the key everywhere but in the client's hands. */
  readonly keyId: string;
  readonly keyName: string;
  /** Masked form that may be shown: `sk-or-v1-abc...123`. */
  readonly keyLabel: string;
  /** What the key may spend within one reset period, or `null` for no limit of its own. */
  readonly keyLimit: Nanos | null;
  readonly keyLimitReset: 'daily' | 'weekly' | 'monthly' | null;
  /** The account's privacy toggle: may its prompts go to providers that train on them? */
  readonly allowTraining: boolean;
}

/** Filled by `bearerAuth()`. */
export const principalSlot: Slot<Principal> = defineSlot('principal', 'bearerAuth()');
