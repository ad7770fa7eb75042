import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { isMainThread, workerData } from 'node:worker_threads';

export interface CheckpointJob {
  readonly path: string;
  readonly everyMs: number;
  readonly maxWalBytes: number;
}

/** How long the last step of a truncation may wait for writers and readers to pause. */
const TRUNCATE_WAIT_MS = 200;

// Does something in a worker thread only.
if (!isMainThread) checkpointForever(workerData as CheckpointJob);

function checkpointForever({ path, everyMs, maxWalBytes }: CheckpointJob): void {
  const db = new DatabaseSync(path, { timeout: TRUNCATE_WAIT_MS });
  setInterval(() => checkpoint(db, path, maxWalBytes), everyMs);
}

function checkpoint(db: DatabaseSync, path: string, maxWalBytes: number): void {
  try {
    db.exec('PRAGMA wal_checkpoint(PASSIVE)');
    // Passive never stands in a writer's way, so under unbroken load it never gets to start the log anew. With nearly
    // everything copied already, doing so takes the write lock for a moment only.
    if (walBytes(path) > maxWalBytes) db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // Busy. The log is as durable as the database; the next turn copies it.
  }
}

function walBytes(path: string): number {
  return statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}
