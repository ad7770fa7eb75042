import type { LimitReset } from '@onerouter/billing';
import type { Nanos } from '@onerouter/core';
import { z } from 'zod';
import { expiresAt, limit, limitReset } from '../../key-requests.ts';
import type { ChallengeMethod } from './pkce.ts';

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** What a code is to make, and for whom. */
export interface CreateCodeRequest {
  readonly callback_url?: string | undefined;
  readonly code_challenge?: string | undefined;
  readonly code_challenge_method?: ChallengeMethod | undefined;
  readonly key_label?: string | undefined;
  readonly limit?: Nanos | null | undefined;
  readonly usage_limit_type?: LimitReset | null | undefined;
  /** Milliseconds since the epoch. */
  readonly expires_at?: number | null | undefined;
}

export interface ExchangeCodeRequest {
  readonly code: string;
  readonly code_verifier?: string | undefined;
  readonly code_challenge_method?: ChallengeMethod | null | undefined;
}

const method = z.enum(['S256', 'plain'], 'must be "S256" or "plain"');
const callbackUrl = z
  .string()
  .max(2048)
  .refine(isCallback, 'must be an https:// URL, or http:// on this machine, without user name and fragment')
  .meta({ description: 'Where the browser goes with `?code=`.' });

/** Checks `POST /auth/codes`. */
export const createCodeRequest: z.ZodType<CreateCodeRequest> = z
  .strictObject({
    callback_url: callbackUrl.optional(),
    code_challenge: z.string().min(16).max(128).optional(),
    code_challenge_method: method.optional().meta({ description: 'Default: `plain`, as in RFC 7636.' }),
    key_label: z.string().min(1).max(256).optional().meta({ description: 'Name of the key.' }),
    limit,
    usage_limit_type: limitReset,
    expires_at: expiresAt,
  })
  .superRefine(({ callback_url, code_challenge, code_challenge_method }, context) => {
    const issue = (path: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (code_challenge === undefined && code_challenge_method !== undefined) {
      issue('code_challenge', 'is missing, though its method is given');
    }
    // Without a page to return to, the code passes through hands and screens.
    if (code_challenge === undefined && callback_url === undefined) {
      issue('code_challenge', 'is needed where there is no callback_url');
    }
    if (code_challenge !== undefined && code_challenge_method === 'S256' && !SHA256.test(code_challenge)) {
      issue('code_challenge', 'must be 32 bytes in base64url for S256');
    }
  })
  .meta({ id: 'CreateCodeRequest' });

const SHA256 = /^[\w+/-]{43}=?$/;

/** Checks `POST /auth/keys`. */
export const exchangeCodeRequest: z.ZodType<ExchangeCodeRequest> = z
  .object({
    code: z.string().min(1).max(256),
    code_verifier: z.string().max(512).optional(),
    code_challenge_method: method.nullish(),
  })
  .meta({ id: 'ExchangeCodeRequest' });

function isCallback(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, hash } = new URL(text);
  if (username !== '' || password !== '' || hash !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
}
