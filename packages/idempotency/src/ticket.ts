import { createHash, hkdfSync } from 'node:crypto';
import { bodySlot, GatewayError, principalSlot } from '@onerouter/core';
import type { Request } from 'express';
import { bodyDigest } from './body-digest.ts';

/** The longest Idempotency-Key. */
export const MAX_KEY_LENGTH = 255;

const VISIBLE_ASCII = /^[\x21-\x7e]+$/;
const INFO = 'onerouter idempotency 1 ';

/** What a request with an Idempotency-Key comes with. */
export interface Ticket {
  readonly account: string;
  readonly name: string;
  readonly tag: string;
  /** AES key for the answer. It is made from the API key, which is stored nowhere. */
  readonly sealingKey: Buffer;
}

/**
 * Reads a request's Idempotency-Key.
 *
 * @param secret the API key in the clear
 * @returns `undefined` for a request without one
 * @throws {GatewayError} `invalid_request` 400 when it is not 1 to 255 visible ASCII characters
 */
export function readTicket(req: Request, secret: (req: Request) => string): Ticket | undefined {
  const key = req.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || key.length > MAX_KEY_LENGTH || !VISIBLE_ASCII.test(key)) {
    throw new GatewayError(
      'invalid_request',
      `Idempotency-Key must be one value of 1 to ${MAX_KEY_LENGTH} visible ASCII characters, such as a UUID.`,
      { param: 'Idempotency-Key' },
    );
  }
  const { accountId, keyId } = principalSlot.get(req);
  const info = INFO + bodyDigest(bodySlot.get(req));
  const derived = Buffer.from(hkdfSync('sha256', secret(req), key, info, 64));
  return {
    account: accountId,
    name: createHash('sha256').update(`${keyId}\n${key}`).digest('hex'),
    sealingKey: derived.subarray(0, 32),
    tag: derived.toString('hex', 32),
  };
}

/** The API key as the client sent it. */
export function bearerToken(req: Request): string {
  const token = /^Bearer +(\S+) *$/i.exec(req.headers.authorization ?? '')?.[1];
  if (token === undefined) {
    throw new Error(
      'No bearer token to seal answers with. Mount bearerAuth() before, or give the option secret.',
    );
  }
  return token;
}
