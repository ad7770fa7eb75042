import { COMMITTED } from '../concerns.ts';
import { raw, type Models } from '../models.ts';
import type { OutboxItem } from '../schemas/book.ts';
import type { SettledFields } from '../schemas/generation.ts';

/** A settled generation that waits in its account's book. */
export interface WaitingGeneration extends Pick<OutboxItem, 'id' | 'seq'> {
  readonly generation: SettledFields;
}

/** What an account's book says of the generations that are on their way. */
export interface OutboxView {
  /** Everything up to this act waits here or has been copied. */
  readonly seq: number;
  /** In order. */
  readonly waiting: readonly WaitingGeneration[];
}

/**
 * Reads what waits. To be read before the collections: things move from the book to them and never back, so that what is
 * missing in both is not there.
 */
export async function viewOutbox(models: Models, account: string): Promise<OutboxView> {
  const [found] = await raw(models.books)
    .aggregate<OutboxView>(
      [
        { $match: { _id: account } },
        {
          $project: {
            seq: 1,
            waiting: { $filter: { input: '$outbox', cond: { $ifNull: ['$$this.generation', false] } } },
          },
        },
      ],
      { ...COMMITTED },
    )
    .toArray();
  return found ?? { seq: 0, waiting: [] };
}
