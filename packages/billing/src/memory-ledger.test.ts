import { createMemoryBooks } from './memory-books.ts';
import { ledgerSuite } from './testing/index.ts';

ledgerSuite('createMemoryBooks()', async (clock) => {
  const books = createMemoryBooks({ now: () => clock.now });
  return { books, another: async () => books };
});
