import type { BookStore } from './book-store.ts';
import type { Committer } from './committer.ts';

/** How much is looked for at once. */
const PAGE = 500;

/** Ends what dead processes left open, and takes expired credit from accounts that nobody uses. */
export async function sweepBooks(books: BookStore, committer: Committer): Promise<void> {
  for (;;) {
    const orphans = await books.orphans(PAGE);
    await Promise.all(
      orphans.map(({ account, ...orphan }) => committer.add(account, { kind: 'interrupt', ...orphan })),
    );
    if (orphans.length < PAGE) break;
  }
  // A single page: what reservations hold back stays due, and would come up in every further one.
  const accounts = await books.expiring(books.now(), PAGE);
  await Promise.all(
    accounts.map((account) => committer.add(account, { kind: 'expire', id: `expire:${account}` })),
  );
}
