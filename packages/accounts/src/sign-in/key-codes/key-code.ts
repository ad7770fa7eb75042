import type { LimitReset } from '@onerouter/billing';
import type { Nanos } from '@onerouter/core';
import { z } from 'zod';
import type { Challenge } from './pkce.ts';

/** What a code makes: a key of an account. */
export interface KeyCode {
  readonly account: string;
  /** What its bearer has to meet; `null` for nothing. */
  readonly challenge: Challenge | null;
  /** Name of the key. */
  readonly name: string;
  readonly limit: Nanos | null;
  readonly limitReset: LimitReset | null;
  /** Of the key, in milliseconds since the epoch. */
  readonly expiresAt: number | null;
}

const stored: z.ZodType<KeyCode> = z.object({
  account: z.string(),
  challenge: z.object({ challenge: z.string(), method: z.enum(['S256', 'plain']) }).nullable(),
  name: z.string(),
  limit: z.string().transform(BigInt).nullable(),
  limitReset: z.enum(['daily', 'weekly', 'monthly']).nullable(),
  expiresAt: z.number().nullable(),
});

/** A code as JSON. */
export function writeKeyCode(code: KeyCode): unknown {
  return { ...code, limit: code.limit?.toString() ?? null };
}

/** @returns `undefined` for what is no code */
export function readKeyCode(data: unknown): KeyCode | undefined {
  return stored.safeParse(data).data;
}
