import { createHash, timingSafeEqual } from 'node:crypto';

/** How a challenge is made of a verifier. See https://www.rfc-editor.org/rfc/rfc7636 */
export type ChallengeMethod = 'S256' | 'plain';

/** A promise that whoever comes with the code is who asked for it. */
export interface Challenge {
  readonly challenge: string;
  readonly method: ChallengeMethod;
}

/** Whether a verifier is the one that a challenge was made of; compared in constant time. */
export function meetsChallenge({ challenge, method }: Challenge, verifier: string): boolean {
  const made = method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');
  return timingSafeEqual(digest(made), digest(method === 'plain' ? challenge : urlSafe(challenge)));
}

/** Clients write the 32 bytes in base64 of either alphabet, padded or not. */
function urlSafe(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Texts of any length become as long as each other. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
