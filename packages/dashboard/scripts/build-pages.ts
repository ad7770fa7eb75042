import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { oneAtATime } from './one-at-a-time.ts';

const PACKAGE = join(import.meta.dirname, '..');
const TARGET = join(PACKAGE, 'dist/web');
const STAMP = join(TARGET, '.built-from');

/** Builds the pages unless what is built was made from the same sources. Several processes may ask at once. */
export async function buildPages(): Promise<'built' | 'fresh'> {
  if (isFresh()) return 'fresh';
  return oneAtATime(join(PACKAGE, 'dist/.building'), async () => {
    if (isFresh()) return 'fresh';
    // In a process of its own, since a test runner's NODE_ENV would make it a build for development.
    await promisify(execFile)(
      process.execPath,
      [join(import.meta.dirname, 'write-pages.ts'), PACKAGE, TARGET, hashOfSources()],
      { env: { ...process.env, NODE_ENV: 'production' } },
    );
    return 'built';
  });
}

function isFresh(): boolean {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hashOfSources();
}

/** Contents, not times: a fresh clone has the times of the clone. */
function hashOfSources(): string {
  const hash = createHash('sha256');
  for (const file of [...filesBelow('src/web'), ...filesBelow('scripts'), 'package.json', 'vite.config.ts']) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(PACKAGE, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(PACKAGE, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => relative(PACKAGE, join(entry.parentPath, entry.name)))
    .toSorted();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if ((await buildPages()) === 'built') process.stdout.write('The pages are built.\n');
}
