import type { BookStore } from '@onerouter/billing';
import { ACCOUNT, generationAt } from './people.ts';

/** Generations of one commit. */
const BATCH = 500;

/** Fills an empty store with settled generations of one account, by the commits that the ledger makes. */
export async function seed(books: BookStore, count: number, endAt: number): Promise<void> {
  let seq = 0;
  let spent = 0n;
  for (let n = 0; n < count; n += BATCH) {
    const fromSeq = seq;
    const generations = Array.from({ length: Math.min(BATCH, count - n) }, (_, at) => {
      const generation = generationAt(n + at, count, endAt);
      seq += 1;
      spent += generation.cost;
      return { generation, seq, charge: generation.cost, final: true, replaces: false };
    });
    const [result] = await books.commit([
      {
        account: ACCOUNT,
        fromSeq,
        seq,
        balance: -spent,
        reserved: 0n,
        spent,
        lots: undefined,
        nextExpiryAt: null,
        closed: [],
        opened: [],
        keyUse: [],
        entries: [],
        generations,
      },
    ]);
    if (result !== 'ok') throw new Error('Somebody else writes to this account.');
  }
}
