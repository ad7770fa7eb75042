import type { BookTotals } from '@onerouter/billing';
import { COMMITTED } from './concerns.ts';
import { raw, type Models } from './models.ts';
import { readNanos, type StoredInt64 } from './values.ts';

/** What all accounts have, added up by the server. */
export async function bookTotals(models: Models): Promise<BookTotals> {
  const [sums] = await raw(models.books)
    .aggregate<Record<'balance' | 'reserved' | 'spent', StoredInt64>>(
      [
        {
          $group: {
            _id: null,
            balance: { $sum: '$balance' },
            reserved: { $sum: '$reserved' },
            spent: { $sum: '$spent' },
          },
        },
      ],
      { ...COMMITTED },
    )
    .toArray();
  const { balance = 0, reserved = 0, spent = 0 } = sums ?? {};
  return { balance: readNanos(balance), reserved: readNanos(reserved), spent: readNanos(spent) };
}
