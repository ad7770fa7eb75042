import { describe, expect, it } from 'vitest';
import { PACKAGES, readJson, sourcesOf } from './support.ts';

const MIDDLEWARES = [
  'auth',
  'models',
  'providers',
  'proxy',
  'metering',
  'cache',
  'billing',
  'limits',
  'idempotency',
];
const AROUND = ['core', ...MIDDLEWARES];

/** What each package may import of the others: the arrow points one way. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  ...Object.fromEntries(MIDDLEWARES.map((name) => [name, ['core']])),
  accounts: AROUND,
  'store-sqlite': [...AROUND, 'accounts'],
  'store-mongoose': [...AROUND, 'accounts'],
  gateway: [...AROUND, 'accounts'],
  dashboard: [],
};

function importedPackages(text: string): readonly string[] {
  return [...text.matchAll(/(?:from|import\()\s*'@onerouter\/([\w-]+)/g)].map((match) => match[1] ?? '');
}

describe.each(PACKAGES)('package %s', (name) => {
  const allowed = MAY_IMPORT[name] ?? [];

  it('has a place in the arrow of imports', () => {
    expect(Object.keys(MAY_IMPORT)).toContain(name);
  });

  it('imports only what stands before it', () => {
    const wrong = sourcesOf(name).flatMap(({ path, text }) =>
      importedPackages(text)
        .filter((other) => other !== name && !allowed.includes(other))
        .map((other) => `${path} imports ${other}`),
    );
    expect(wrong).toEqual([]);
  });

  it('depends on what it imports, and on nothing that stands behind it', () => {
    const { dependencies = {} } = readJson(`packages/${name}/package.json`) as {
      dependencies?: Readonly<Record<string, string>>;
    };
    const depended = Object.keys(dependencies)
      .filter((dependency) => dependency.startsWith('@onerouter/'))
      .map((dependency) => dependency.slice('@onerouter/'.length));
    const imported = new Set(sourcesOf(name).flatMap(({ text }) => importedPackages(text)));
    expect(depended.filter((other) => !allowed.includes(other))).toEqual([]);
    expect([...imported].filter((other) => other !== name && !depended.includes(other))).toEqual([]);
  });
});
