import { z } from 'zod';
import { normalizeEmail } from '../identity.ts';

/** Length of passwords, in UTF-16 units. */
export const MIN_PASSWORD = 10;
export const MAX_PASSWORD = 1024;
const MAX_EMAIL = 254;

/**
 * An email address to make an account for: ASCII, since letters that only look alike, or that become the same in lower
 * case, must not lead to somebody else's account.
 */
export const emailAddress: z.ZodType<string> = z
  .string()
  .trim()
  .max(MAX_EMAIL)
  .pipe(z.email('must be an email address'))
  .transform(normalizeEmail)
  .meta({ description: 'Case does not matter.', examples: ['ann@example.com'] });
/** An email address to look an account up by. */
const knownEmail = z.string().min(1).max(MAX_EMAIL).transform(normalizeEmail).meta({ description: 'Email.' });
/** A password to check. */
const password = z.string().min(1).max(MAX_PASSWORD).meta({ description: 'Password.' });
/** A password to set. */
const newPassword = z
  .string()
  .min(MIN_PASSWORD, `must have at least ${MIN_PASSWORD} characters`)
  .max(MAX_PASSWORD)
  .meta({ description: `Password to set: ${MIN_PASSWORD} to ${MAX_PASSWORD} characters.` });

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** Checks `POST /auth/sign-up`. */
export const signUpRequest: z.ZodType<Credentials> = z
  .strictObject({ email: emailAddress, password: newPassword })
  .meta({ id: 'SignUpRequest' });

/** Checks `POST /auth/sign-in`. */
export const signInRequest: z.ZodType<Credentials> = z
  .strictObject({ email: knownEmail, password })
  .meta({ id: 'SignInRequest' });

/** Checks `POST /auth/password/forgot`. */
export const forgotPasswordRequest: z.ZodType<{ readonly email: string }> = z
  .strictObject({ email: knownEmail })
  .meta({ id: 'ForgotPasswordRequest' });

/** Checks `POST /auth/password/reset`. */
export const resetPasswordRequest: z.ZodType<{ readonly token: string; readonly password: string }> = z
  .strictObject({
    token: z.string().min(1).max(256).meta({ description: 'From the link that was sent.' }),
    password: newPassword,
  })
  .meta({ id: 'ResetPasswordRequest' });

/** Checks `POST /account/password`. */
export const changePasswordRequest: z.ZodType<{
  readonly current_password?: string | undefined;
  readonly password: string;
}> = z
  .strictObject({
    current_password: password.optional().meta({ description: 'Needed where the account has one.' }),
    password: newPassword,
  })
  .meta({ id: 'ChangePasswordRequest' });
