import type { SqliteStore } from '@onerouter/store-sqlite';

/** The promise of every test: entries sum up to the balance, and nothing stays held. */
export async function checkBooks(store: SqliteStore, account: string): Promise<void> {
  let sum = 0n;
  let seq = 0;
  for (;;) {
    const page = await store.ledger.entries(account, seq);
    for (const entry of page) sum += entry.amount;
    const last = page.at(-1);
    if (!last) break;
    seq = last.seq;
  }
  const { balance, reserved } = await store.ledger.balance(account);
  if (sum !== balance) throw new Error(`Entries sum up to ${sum}, the balance is ${balance}.`);
  if (reserved !== 0n) throw new Error(`${reserved} nano-dollars stay reserved.`);
}
