import { GatewayError } from '@onerouter/core';
import type { Payment } from '../payments/payment.ts';

type Place = Pick<Payment, 'createdAt' | 'id'>;

/** Where a page ended, as clients carry it. */
export function writeCursor({ createdAt, id }: Place): string {
  return Buffer.from(`${createdAt}:${id}`).toString('base64url');
}

/** @throws {GatewayError} `invalid_request` 400 on what is none */
export function readCursor(text: unknown): Place | undefined {
  if (text === undefined) return undefined;
  const found =
    typeof text === 'string' ? /^(\d{1,15}):(.+)$/s.exec(Buffer.from(text, 'base64url').toString()) : null;
  if (!found) {
    throw new GatewayError('invalid_request', 'cursor must be the next_cursor of the page before.', {
      param: 'cursor',
    });
  }
  return { createdAt: Number(found[1]), id: found[2] ?? '' };
}

export const MAX_PAYMENTS_PAGE = 200;

/** @throws {GatewayError} `invalid_request` 400 on what is no whole number from 1 to 200 */
export function readLimit(text: unknown, fallback: number): number {
  if (text === undefined) return fallback;
  const limit = typeof text === 'string' && /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= MAX_PAYMENTS_PAGE) return limit;
  throw new GatewayError('invalid_request', `limit must be a whole number from 1 to ${MAX_PAYMENTS_PAGE}.`, {
    param: 'limit',
  });
}
