import type { Nanos } from '@onerouter/core';

/** A key as it is stored: by its hash, never in the clear. */
export interface KeyRecord {
  /** SHA-256 of the key, in hex. */
  readonly hash: string;
  readonly kind: 'api' | 'management';
  readonly accountId: string;
  readonly name: string;
  /** Masked form that may be shown: `sk-or-v1-abc...123`. */
  readonly label: string;
  readonly disabled: boolean;
  /** What the key may spend within one reset period; `null` for no limit of its own. */
  readonly limit: Nanos | null;
  readonly limitReset: 'daily' | 'weekly' | 'monthly' | null;
  /** Milliseconds since the epoch; `null` for a key that does not expire. */
  readonly expiresAt: number | null;
  readonly createdAt: number;
  readonly updatedAt: number | null;
  /** The account's privacy toggle. */
  readonly allowTraining: boolean;
}

/** What authentication needs of a store. */
export interface KeyStore {
  /** The key with this hash, disabled and expired ones included; `undefined` when there is none. */
  find(hash: string): Promise<KeyRecord | undefined>;
}
