import { DatabaseSync } from 'node:sqlite';
import { isMainThread, workerData } from 'node:worker_threads';
import { Folder } from './activity/folder.ts';
import { foldingTurns } from './activity/fold-turn.ts';

export interface CheckpointJob {
  readonly path: string;
  readonly everyMs: number;
  /** Pages in the log above which it is started anew. */
  readonly maxPages: number;
}

/** How long the start of a new log may wait for a writer to pause. */
const RESTART_WAIT_MS = 100;
/** With no more than this many pages left to copy, writers wait some milliseconds only. */
const FEW_PAGES = 256;
/** Each pass copies what was written during the one before, which is less each time. */
const PASSES = 4;

// Does something in a worker thread only.
if (!isMainThread) checkpointForever(workerData as CheckpointJob);

function checkpointForever({ path, everyMs, maxPages }: CheckpointJob): void {
  const db = new DatabaseSync(path, { timeout: RESTART_WAIT_MS });
  // Sums can be made again, so that they need not wait for the disk with the lock in hand; copying the log is done here.
  db.exec('PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0');
  setInterval(() => checkpoint(db, maxPages), everyMs);
  foldForever(foldingTurns(new Folder(db)), everyMs);
}

/** Takes turns, with a pause after each that is as long as it took: whoever waits for the lock gets it half of the time. */
function foldForever(fold: () => boolean, everyMs: number): void {
  const began = performance.now();
  let more = false;
  try {
    more = fold();
  } catch {
    // Busy. What is not folded yet is, by the next turn or by whoever asks first.
  }
  const took = performance.now() - began;
  setTimeout(() => foldForever(fold, everyMs), more ? Math.max(1, took) : everyMs);
}

function checkpoint(db: DatabaseSync, maxPages: number): void {
  try {
    // Passive never stands in a writer's way. So under unbroken load it never comes to the end of the log either, which
    // would grow for ever; then the rest, made small first, is copied under the write lock.
    for (let pass = 0; pass < PASSES; pass += 1) {
      const { pages, left } = copy(db, 'PASSIVE');
      if (pages <= maxPages) return;
      if (left <= FEW_PAGES) {
        copy(db, 'RESTART');
        return;
      }
    }
  } catch {
    // Busy. The log is as durable as the database; the next turn copies it.
  }
}

function copy(db: DatabaseSync, mode: 'PASSIVE' | 'RESTART'): { pages: number; left: number } {
  const row = db.prepare(`PRAGMA wal_checkpoint(${mode})`).get();
  const pages = Number(row?.['log'] ?? 0);
  return { pages, left: pages - Number(row?.['checkpointed'] ?? 0) };
}
