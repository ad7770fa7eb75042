import { describe, expect, it } from 'vitest';
import { PACKAGES, readJson, readText } from './support.ts';

describe.each(PACKAGES)('package %s', (name) => {
  const folder = `packages/${name}`;

  it('has the fields that npm, bundlers and the workspace need', () => {
    expect(readJson(`${folder}/package.json`)).toMatchObject({
      name: `@onerouter/${name}`,
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as unknown,
      description: expect.stringMatching(/\.$/) as unknown,
      license: 'MIT',
      type: 'module',
      sideEffects: false,
      engines: { node: '>=22.19' },
      files: expect.arrayContaining(['dist']) as unknown,
    });
  });

  it('exports its source to the workspace, and its build to everybody else', () => {
    const { exports } = readJson(`${folder}/package.json`) as {
      exports: Readonly<Record<string, Readonly<Record<string, string>>>>;
    };
    expect(exports['.']).toBeDefined();
    for (const [path, conditions] of Object.entries(exports)) {
      const file = path === '.' ? 'index' : `${path.slice(2)}/index`;
      // The first condition that fits is taken, so the order counts.
      expect(Object.entries(conditions)).toEqual([
        ['onerouter-source', `./src/${file}.ts`],
        ['types', `./dist/${file}.d.ts`],
        ['default', `./dist/${file}.js`],
      ]);
      expect(readText(`${folder}/src/${file}.ts`)).not.toBe('');
    }
  });

  it('is compiled as strictly as all others', () => {
    const config = readJson(`${folder}/tsconfig.json`);
    expect(config['extends']).toBe('../../tsconfig.base.json');
    expect(config['compilerOptions']).toEqual({ rootDir: 'src', outDir: 'dist' });
  });

  it('is part of the build', () => {
    const { references } = readJson('tsconfig.json') as { references: readonly { path: string }[] };
    expect(references.map(({ path }) => path)).toContain(folder);
  });

  it('has a README with its install line and numbered behaviours', () => {
    const readme = readText(`${folder}/README.md`);
    expect(readme).toMatch(new RegExp(`^# @onerouter/${name}\\n`));
    expect(readme).toContain(`@onerouter/${name}`);
    const behaviours = /^## Behaviours?\n([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(readme)?.[1] ?? '';
    expect(behaviours).toMatch(/^1\. /m);
  });
});
