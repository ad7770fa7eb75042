import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

const PACKAGE = join(import.meta.dirname, '..');
const STAMP = join(PACKAGE, 'dist/web/.built-from');

/** Builds the pages unless what is built was made from the same sources. */
export async function buildPages(): Promise<'built' | 'fresh'> {
  const sources = hashOfSources();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources) return 'fresh';
  const { writePages } = await import('./write-pages.ts');
  await writePages(PACKAGE);
  writeFileSync(STAMP, sources);
  return 'built';
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
