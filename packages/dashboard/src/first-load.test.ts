import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildPages } from '../scripts/build-pages.ts';

const BUILT = join(import.meta.dirname, '../dist/web');
const MAX_GZIPPED_BYTES = 200_000;

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
}

/** Scripts that a page needs before it shows: the entry, its own file, and what both import. */
function scriptsOf(manifest: Readonly<Record<string, Chunk>>, page: string): ReadonlySet<string> {
  const files = new Set<string>();
  const visit = (name: string): void => {
    const chunk = manifest[name];
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  visit('index.html');
  visit(page);
  return files;
}

describe('the built pages', () => {
  let manifest: Readonly<Record<string, Chunk>> = {};
  beforeAll(async () => {
    await buildPages();
    manifest = JSON.parse(readFileSync(join(BUILT, '.vite/manifest.json'), 'utf8')) as typeof manifest;
  }, 60_000);

  it('load at most 200 kB of script, gzipped, whichever page is the first', () => {
    const pages = Object.keys(manifest).filter((name) => /^pages\/.*-page\.tsx$/.test(name));
    expect(pages.length).toBeGreaterThan(5);
    const sizes = Object.fromEntries(
      pages.map((page) => {
        const bytes = [...scriptsOf(manifest, page)].map(
          (file) => gzipSync(readFileSync(join(BUILT, file))).length,
        );
        return [page, bytes.reduce((sum, size) => sum + size, 0)];
      }),
    );
    expect(Object.entries(sizes).filter(([, size]) => size > MAX_GZIPPED_BYTES)).toEqual([]);
  });

  it('hold every script in a file, but for the one that the policy names by its hash', () => {
    const html = readFileSync(join(BUILT, 'index.html'), 'utf8');
    expect(html.match(/<script>/g)).toHaveLength(1);
    expect(html).not.toMatch(/<style|\son\w+=|javascript:/i);
  });
});
