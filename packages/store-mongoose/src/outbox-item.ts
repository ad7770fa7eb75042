import type { OutboxItem } from './schemas/book.ts';

/** Something that an account's act booked, on its way. Lists of them are in order, account by account. */
export interface AccountItem extends OutboxItem {
  readonly account: string;
}
