import { mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A lock that is older than this was left by a process that died. */
const STALE_MS = 120_000;
const PAUSE_MS = 100;

/** Runs while no other process does, by the file system: a folder can be made once only. */
export async function oneAtATime<Result>(lock: string, run: () => Promise<Result>): Promise<Result> {
  mkdirSync(dirname(lock), { recursive: true });
  while (!taken(lock)) {
    if (ageOf(lock) > STALE_MS) rmSync(lock, { recursive: true, force: true });
    else await sleep(PAUSE_MS);
  }
  try {
    return await run();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function taken(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw err;
  }
}

function ageOf(lock: string): number {
  return Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
}
