import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  appendFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BookStore } from './book-store.ts';
import { createLedger } from './create-ledger.ts';
import type { Ledger } from './ledger.ts';
import { createMemoryBooks, type MemoryBooks } from './memory-books.ts';
import { draft, generation } from './testing/fixtures.ts';

const account = 'acc-1';
const log = { warn() {}, error() {} };

/** A process's way to the books, which can be cut. */
interface Line {
  readonly books: BookStore;
  cut: boolean;
}

function line(real: MemoryBooks): Line {
  const state: { cut: boolean } = { cut: false };
  const books = new Proxy<BookStore>(real, {
    get(target, name) {
      const method = Reflect.get(target, name) as (...args: unknown[]) => unknown;
      if (name === 'now') return () => target.now();
      return async (...args: unknown[]) => {
        if (state.cut) throw new Error('connection lost');
        return method.apply(target, args);
      };
    },
  });
  return Object.assign(state, { books });
}

describe('the journal of settlements', () => {
  let folder: string;
  let journalPath: string;
  let real: MemoryBooks;
  let opened: { ledger: Ledger; line: Line }[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'onerouter-journal-'));
    journalPath = join(folder, 'store.db.journal');
    real = createMemoryBooks();
    opened = [];
  });
  afterEach(async () => {
    for (const one of opened) one.line.cut = false;
    await Promise.all(opened.map(({ ledger }) => ledger.close()));
    rmSync(folder, { recursive: true });
  });

  const open = (): { ledger: Ledger; line: Line } => {
    const to = line(real);
    const one = { ledger: createLedger(to.books, { log, journalPath, leaseMs: 15_000 }), line: to };
    opened.push(one);
    return one;
  };
  const reserved = async (...ids: string[]): Promise<{ ledger: Ledger; line: Line }> => {
    const one = open();
    await one.ledger.credit({ entryId: 'pay', account, amount: 100n });
    for (const id of ids) {
      await one.ledger.reserve({ id, account, key: 'k', amount: 5n, draft: draft(id, account) });
    }
    return one;
  };
  const files = (): string[] => readdirSync(journalPath).map((name) => join(journalPath, name));
  const age = (): void => {
    for (const file of files()) utimesSync(file, 0, 0);
  };
  const charges = async (): Promise<readonly string[]> =>
    (await real.entries(account, 0, 100)).filter(({ kind }) => kind !== 'top_up').map(({ id }) => id);

  it('is not written while the store takes settlements', async () => {
    const { ledger } = await reserved('g1');
    await ledger.settle('g1', generation('g1', account, { cost: 4n }));
    expect(() => files()).toThrow(/ENOENT/);
  });

  it('takes a settlement that the store refuses, for its owner to read only, and answers it', async () => {
    const { ledger, line } = await reserved('g1');
    line.cut = true;
    await ledger.settle('g1', generation('g1', account, { cost: 4n }));
    const [file = ''] = files();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(journalPath).mode & 0o777).toBe(0o700);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      account,
      settle: 'g1',
      generation: { cost: '4' },
    });
    expect(await charges()).toEqual([]);
  });

  it('is empty again, without a file, once the store is back and has everything', async () => {
    const { ledger, line } = await reserved('g1', 'g2');
    line.cut = true;
    await Promise.all([
      ledger.settle('g1', generation('g1', account, { cost: 4n })),
      ledger.release('g2', account),
    ]);
    line.cut = false;
    await expect.poll(files).toEqual([]);
    expect(await charges()).toEqual(['g1']);
    expect(await ledger.balance(account)).toMatchObject({ balance: 96n, reserved: 0n });
  });

  it('loses nothing when the process dies while the store is away: the next one settles it, once', async () => {
    const { ledger, line } = await reserved('g1', 'g2', 'g3');
    line.cut = true;
    await ledger.settle('g1', generation('g1', account, { cost: 4n, keyId: 'k' }));
    await ledger.release('g2', account);
    // From here on nothing is heard of the first process any more; its lease and g3 are still there.
    const next = open();
    await next.ledger.start();
    await expect.poll(charges).toEqual(['g1']);
    expect(await next.ledger.balance(account)).toMatchObject({ balance: 96n, reserved: 5n });
    expect(real.generation('g1')).toMatchObject({
      status: 'complete',
      cost: 4n,
      lines: [{ item: 'request' }],
    });
    // The file of a process that may live is left to it, and taken over when it is dead.
    expect(files()).toHaveLength(1);
    age();
    const third = open();
    await third.ledger.start();
    await expect.poll(files).toEqual([]);
    expect(await charges()).toEqual(['g1']);
  });

  it('is taken over by a process whose store is away as well', async () => {
    const { ledger, line } = await reserved('g1');
    line.cut = true;
    await ledger.settle('g1', generation('g1', account, { cost: 4n }));
    age();
    const second = open();
    await second.ledger.start();
    await expect.poll(charges).toEqual(['g1']);
    await expect.poll(files).toEqual([]);
    // The first was only slow. What it keeps from now on is in a file again.
    await ledger.release('g9', account);
    expect(files()).toHaveLength(1);
    line.cut = false;
    await expect.poll(files).toEqual([]);
    expect(await charges()).toEqual(['g1']);
  });

  it('counts a last line that was cut off for nothing, and all before it', async () => {
    const { ledger, line } = await reserved('g1', 'g2');
    line.cut = true;
    await ledger.settle('g1', generation('g1', account, { cost: 4n }));
    appendFileSync(files()[0] ?? '', '{"account":"acc-1","settle":"g2","genera');
    age();
    await open().ledger.start();
    await expect.poll(files).toEqual([]);
    expect(await charges()).toEqual(['g1']);
  });

  it('keeps a file that is damaged in its middle, and settles what can be read of it', async () => {
    const { ledger, line } = await reserved('g1', 'g2');
    line.cut = true;
    await ledger.settle('g1', generation('g1', account, { cost: 4n }));
    await ledger.settle('g2', generation('g2', account, { cost: 3n }));
    const [file = ''] = files();
    writeFileSync(file, readFileSync(file, 'utf8').replace('\n', '\n\0\0\0\n'));
    age();
    await open().ledger.start();
    await expect.poll(charges).toEqual(['g1', 'g2']);
    await expect.poll(() => files().map((file) => file.split('.').at(-1))).toEqual(['damaged']);
  });

  it('does not keep the ledger from closing', async () => {
    const { ledger, line } = await reserved('g1');
    line.cut = true;
    await ledger.settle('g1', generation('g1', account, { cost: 4n }));
    await ledger.close();
    expect(files()).toHaveLength(1);
    await open().ledger.start();
    await expect.poll(charges).toEqual(['g1']);
  });

  it('that cannot be written leaves settlements to memory, where they are tried again', async () => {
    journalPath = join(folder, 'a-file');
    appendFileSync(journalPath, '');
    const { ledger, line } = await reserved('g1');
    line.cut = true;
    const settled = ledger.settle('g1', generation('g1', account, { cost: 4n }));
    line.cut = false;
    await settled;
    expect(await charges()).toEqual(['g1']);
  });
});
