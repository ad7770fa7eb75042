import { randomBytes } from 'node:crypto';

/** A new account id: `acc-` and 12 random bytes in hex. */
export function newAccountId(): string {
  return `acc-${randomBytes(12).toString('hex')}`;
}

/** The one way of writing an email address under which an account is found. */
export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase();
}
