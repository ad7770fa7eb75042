import { randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '@onerouter/core';
import { JournalFile } from './journal-file.ts';
import { readJournal, recordName, writeRecord, type JournalRecord } from './journal-record.ts';

const SUFFIX = '.journal';

export interface JournalOptions {
  /** A file that nobody has touched for this long belongs to a process that is dead. */
  readonly deadAfterMs: number;
  readonly log: Log;
}

/**
 * Where settlements and releases wait while the store is away, so that no end of the process loses them. A folder, in
 * which each process has a file of its own; what dead ones left is taken over by whoever finds it. An act may be done by
 * several, or again: the ledger books it once.
 */
export class Journal {
  readonly #folder: string;
  readonly #name = `${randomUUID()}${SUFFIX}`;
  readonly #file: JournalFile;
  readonly #options: JournalOptions;
  #taken = 0;

  constructor(folder: string, options: JournalOptions) {
    this.#folder = folder;
    this.#file = new JournalFile(join(folder, this.#name));
    this.#options = options;
  }

  /** Resolves once the act is on the disk, and will happen whatever happens to this process. */
  keep(record: JournalRecord): Promise<void> {
    return this.#file.add(recordName(record), writeRecord(record));
  }

  /** The store has it. */
  drop(record: JournalRecord): void {
    this.#file.drop(recordName(record));
  }

  /** Must happen more often than `deadAfterMs`. */
  touch(): Promise<void> {
    return this.#file.touch();
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  /** Takes over what dead processes left: it is this process's from now on. */
  async takeOver(): Promise<readonly JournalRecord[]> {
    const records: JournalRecord[] = [];
    for (const name of await this.#others()) {
      if (await this.#isDead(name)) records.push(...(await this.#takeFile(name)));
    }
    return records;
  }

  /**
   * What waits in the files of others, dead or not. Doing it is of use, and harmless where they do it too: after a crash
   * nobody can tell yet that they are dead.
   */
  async ofOthers(): Promise<readonly JournalRecord[]> {
    const records: JournalRecord[] = [];
    for (const name of await this.#others()) {
      const text = await readFile(join(this.#folder, name), 'utf8').catch(absent);
      if (text !== undefined) records.push(...readJournal(text).records);
    }
    return records;
  }

  async #others(): Promise<readonly string[]> {
    const names = (await readdir(this.#folder).catch(absent)) ?? [];
    return names.filter((name) => name.endsWith(SUFFIX) && name !== this.#name);
  }

  async #isDead(name: string): Promise<boolean> {
    const found = await stat(join(this.#folder, name)).catch(absent);
    return found !== undefined && Date.now() - found.mtimeMs > this.#options.deadAfterMs;
  }

  /**
   * The file gets another name before it is read: should its process be alive after all, it finds that out at its next
   * write and writes everything again. It goes only once all that stood in it is on the disk elsewhere.
   */
  async #takeFile(name: string): Promise<readonly JournalRecord[]> {
    this.#taken += 1;
    const path = join(this.#folder, `${this.#name.slice(0, -SUFFIX.length)}-${this.#taken}${SUFFIX}`);
    try {
      await rename(join(this.#folder, name), path);
      const now = new Date();
      await utimes(path, now, now);
    } catch (error) {
      // Another process was faster.
      absent(error);
      return [];
    }
    const text = await readFile(path, 'utf8').catch(absent);
    if (text === undefined) return [];
    const { records, damaged } = readJournal(text);
    await Promise.all(records.map((record) => this.keep(record)));
    if (damaged > 0) {
      this.#options.log.error(
        { path: `${path}.damaged`, damaged },
        'A journal of settlements is damaged; it is kept.',
      );
      await rename(path, `${path}.damaged`).catch(absent);
    } else await rm(path, { force: true });
    return records;
  }
}

/** For what may be gone by now. */
function absent(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
  throw error;
}
