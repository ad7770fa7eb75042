import type { Payment } from '../payments/payment.ts';

/** Where a page ended. */
export type Place = Pick<Payment, 'createdAt' | 'id'>;

/** A place as clients carry it. */
export function writeCursor({ createdAt, id }: Place): string {
  return Buffer.from(`${createdAt}:${id}`).toString('base64url');
}

/** The place, or `undefined` when the text is none. */
export function readCursor(text: string): Place | undefined {
  const found = /^(\d{1,15}):(.+)$/s.exec(Buffer.from(text, 'base64url').toString());
  return found ? { createdAt: Number(found[1]), id: found[2] ?? '' } : undefined;
}
