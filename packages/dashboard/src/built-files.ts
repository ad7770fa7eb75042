import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Thrown where the pages have not been built. */
export class DashboardNotBuilt extends Error {
  constructor(directory: string, cause: unknown) {
    super(
      `There are no built pages in ${directory}. Build them: \`node packages/dashboard/scripts/build-pages.ts\`.`,
      {
        cause,
      },
    );
    this.name = 'DashboardNotBuilt';
  }
}

/** The HTML all pages start from. */
export interface PageShell {
  readonly html: string;
  /** `'sha256-…'` of each inline script in it, as a content security policy names them. */
  readonly scriptHashes: readonly string[];
}

/**
 * Reads the built HTML.
 *
 * @throws {DashboardNotBuilt} when it is not there
 */
export function readShell(directory: string): PageShell {
  let html: string;
  try {
    html = readFileSync(join(directory, 'index.html'), 'utf8');
  } catch (err) {
    throw new DashboardNotBuilt(directory, err);
  }
  const inline = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map((match) => match[1] ?? '');
  return { html, scriptHashes: inline.map((text) => `'sha256-${sha256(text)}'`) };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
