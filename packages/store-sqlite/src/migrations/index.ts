import { ALERTS } from './alerts.ts';
import { IDEMPOTENCY } from './idempotency.ts';
import { LEDGER } from './ledger.ts';
import { PEOPLE } from './people.ts';
import { PAYMENTS } from './payments.ts';
import { ROLLUPS } from './rollups.ts';
import { SIGN_IN } from './sign-in.ts';

/**
 * Steps from each schema version to the next; `PRAGMA user_version` says how many were taken. A released step is never
 * changed, only followed by another.
 */
export const MIGRATIONS: readonly string[] = [
  LEDGER,
  IDEMPOTENCY,
  PEOPLE,
  PAYMENTS,
  ROLLUPS,
  SIGN_IN,
  ALERTS,
];
