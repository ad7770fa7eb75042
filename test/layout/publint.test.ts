import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { beforeAll, describe, expect, it } from 'vitest';
import { PACKAGES, readJson, ROOT } from './support.ts';

/** What npm would publish has to be there before it can be judged. */
beforeAll(async () => {
  await promisify(execFile)(join(ROOT, 'node_modules/.bin/tsc'), ['-b'], { cwd: ROOT });
}, 180_000);

describe.each(PACKAGES)('package %s', (name) => {
  it('has nothing that publint objects to', async () => {
    const pkg = readJson(`packages/${name}/package.json`);
    const { messages } = await publint({ pkgDir: join(ROOT, 'packages', name), pack: false });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });
});
