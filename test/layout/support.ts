import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT: string = fileURLToPath(new URL('../../', import.meta.url));

/** Folder names of the packages. */
export const PACKAGES: readonly string[] = readdirSync(join(ROOT, 'packages'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(ROOT, 'packages', entry.name, 'package.json')))
  .map((entry) => entry.name);

/** A file of the workspace. */
export interface SourceFile {
  /** Below the workspace. */
  readonly path: string;
  readonly text: string;
}

/** TypeScript below a folder of the workspace, tests included. */
export function typescriptBelow(folder: string): readonly SourceFile[] {
  const root = join(ROOT, folder);
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('/node_modules/') && !path.includes('/dist/'))
    .map((path) => ({ path: relative(ROOT, path), text: readFileSync(path, 'utf8') }));
}

/** What a package is made of, without its tests and what helps them. */
export function sourcesOf(name: string): readonly SourceFile[] {
  return typescriptBelow(`packages/${name}/src`).filter(({ path }) => !isForTests(path));
}

export function isForTests(path: string): boolean {
  return /\.(test|scene)\.tsx?$|\/testing\/|\/test\//.test(path);
}

/** A JSON file of the workspace. */
export function readJson(path: string): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Readonly<Record<string, unknown>>;
}

/** A text file of the workspace; empty when there is none. */
export function readText(path: string): string {
  const file = join(ROOT, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
