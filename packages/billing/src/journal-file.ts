import { mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Bytes above which a file that holds mostly what is done with is written anew. */
export const COMPACT_BYTES = 1_048_576;

/**
 * Lines on disk, each under a name, until they are dropped. There is a file only while there are lines. Lines that arrive
 * while the disk is busy share the next wait for it.
 */
export class JournalFile {
  readonly path: string;
  readonly #lines = new Map<string, string>();
  #fresh: string[] = [];
  #handle: FileHandle | undefined;
  #bytes = 0;
  #syncing: Promise<void> | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.path = path;
  }

  get size(): number {
    return this.#lines.size;
  }

  /** Resolves once the line is on the disk; rejects with the file system's error. */
  add(name: string, line: string): Promise<void> {
    this.#lines.set(name, line);
    this.#fresh.push(line);
    this.#syncing ??= this.#next(() => {
      this.#syncing = undefined;
      return this.#sync();
    });
    return this.#syncing;
  }

  /** Lines that are done with need not be gone from the disk: doing them again changes nothing. */
  drop(name: string): void {
    if (!this.#lines.delete(name) || this.#lines.size > 0) return;
    void this.#next(() => (this.#lines.size === 0 ? this.#remove() : Promise.resolve())).catch(
      () => undefined,
    );
  }

  /** Shows that somebody still writes to the file. */
  touch(): Promise<void> {
    return this.#next(async () => {
      const now = new Date();
      await this.#handle?.utimes(now, now);
    });
  }

  /** Waits for what is being written; lines that are left stay on the disk. */
  close(): Promise<void> {
    return this.#next(() => this.#closeHandle());
  }

  #next(work: () => Promise<void>): Promise<void> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #sync(): Promise<void> {
    const fresh = this.#fresh;
    this.#fresh = [];
    const text = fresh.join('');
    try {
      if (!this.#handle || this.#mostlyDone()) {
        await this.#rewrite();
        return;
      }
      await this.#handle.appendFile(text);
      await this.#handle.sync();
      this.#bytes += Buffer.byteLength(text);
      // A process that took this one for dead has taken its file: it may have read it before these lines came.
      if (!(await this.#isThere())) await this.#rewrite();
    } catch (error) {
      // Half a line may stand there now. The next write begins a new file.
      await this.#closeHandle();
      throw error;
    }
  }

  #mostlyDone(): boolean {
    if (this.#bytes < COMPACT_BYTES) return false;
    let bytes = 0;
    for (const line of this.#lines.values()) bytes += Buffer.byteLength(line);
    return bytes < this.#bytes / 2;
  }

  /** Writes what is left to a new file that takes the old one's place: there is always one of the two. */
  async #rewrite(): Promise<void> {
    await this.#closeHandle();
    const folder = dirname(this.path);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const text = [...this.#lines.values()].join('');
    const handle = await open(`${this.path}.new`, 'w', 0o600);
    this.#handle = handle;
    await handle.appendFile(text);
    await handle.sync();
    await rename(`${this.path}.new`, this.path);
    await syncFolder(folder);
    this.#bytes = Buffer.byteLength(text);
  }

  async #isThere(): Promise<boolean> {
    const [mine, there] = await Promise.all([
      this.#handle?.stat({ bigint: true }),
      stat(this.path, { bigint: true }).catch(() => undefined),
    ]);
    return mine !== undefined && there !== undefined && mine.ino === there.ino && mine.dev === there.dev;
  }

  async #remove(): Promise<void> {
    await this.#closeHandle();
    await rm(this.path, { force: true });
  }

  async #closeHandle(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close();
  }
}

/** A file's name is on the disk once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
