import { unwatchFile, watchFile } from 'node:fs';

const LOOK_EVERY_MS = 500;

/**
 * Calls back when a file has changed.
 *
 * It looks every half second rather than asking the system to be told: editors and config maps replace files instead
 * of writing them, which loses a watch on the file, while a watch on the folder wakes for every write of a database
 * beside it.
 *
 * @returns a function that stops watching
 */
export function watchForChanges(file: string, changed: () => void): () => void {
  const look = (now: { mtimeMs: number; ino: number }, before: { mtimeMs: number; ino: number }): void => {
    // A file that is gone for a moment is being replaced.
    if (now.mtimeMs !== 0 && (now.mtimeMs !== before.mtimeMs || now.ino !== before.ino)) changed();
  };
  watchFile(file, { interval: LOOK_EVERY_MS, persistent: false }, look);
  return () => unwatchFile(file, look);
}
