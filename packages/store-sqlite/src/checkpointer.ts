import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import type { CheckpointJob } from './checkpoint-worker.ts';

/** How often the write-ahead log is copied into the database. */
export const CHECKPOINT_MS = 1_000;
/** Pages (of 4 KiB) in the log above which it is started anew, at the price of a short wait. */
export const MAX_WAL_PAGES = 8_192;

/** Copies the write-ahead log into the database. */
export interface Checkpointer {
  close(): Promise<void>;
}

/**
 * Checkpoints in a thread of its own, with a connection of its own: a checkpoint waits for the disk (fsync of log and
 * database, some milliseconds to seconds), and on the main thread every running stream would wait with it.
 */
export function startCheckpointer(db: DatabaseSync, path: string, everyMs: number): Checkpointer {
  db.exec('PRAGMA wal_autocheckpoint = 0');
  const job: CheckpointJob = { path, everyMs, maxPages: MAX_WAL_PAGES };
  // From source the worker is TypeScript, which Node runs as it is; built, it is what the build made of it.
  const file = import.meta.url.endsWith('.ts') ? './checkpoint-worker.ts' : './checkpoint-worker.js';
  const worker = new Worker(new URL(file, import.meta.url), {
    workerData: job,
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 },
  });
  // Without its thread the log would grow for ever: then SQLite checkpoints on this connection, as it does by default.
  worker.once('error', () => {
    if (db.isOpen) db.exec('PRAGMA wal_autocheckpoint = 1000');
  });
  worker.unref();
  return {
    async close() {
      await worker.terminate();
    },
  };
}
