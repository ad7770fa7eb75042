import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'vite';

/** Small files gain nothing. */
const MIN_COMPRESSED_BYTES = 1_024;

/** Builds beside the place where the pages belong, then swaps: a server that starts never sees half a build. */
async function writePages(root: string, target: string, stamp: string): Promise<void> {
  const fresh = `${target}.new`;
  rmSync(fresh, { recursive: true, force: true });
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn', build: { outDir: fresh } });
  compressBelow(join(fresh, '_app'));
  writeFileSync(join(fresh, '.built-from'), stamp);
  rmSync(target, { recursive: true, force: true });
  renameSync(fresh, target);
}

function compressBelow(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !/\.(js|css|svg)$/.test(file)) continue;
    const bytes = readFileSync(file);
    if (bytes.length < MIN_COMPRESSED_BYTES) continue;
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
    writeFileSync(`${file}.br`, brotliCompressSync(bytes));
  }
}

const [root, target, stamp] = process.argv.slice(2);
if (root === undefined || target === undefined || stamp === undefined) {
  throw new Error('Start build-pages.ts instead.');
}
await writePages(root, target, stamp);
