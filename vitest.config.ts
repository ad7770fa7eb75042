import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Workspace packages run from source, so that no build has to come before the tests.
const conditions = ['onerouter-source'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'examples/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    // Minutes each; see vitest.soak.config.ts.
    exclude: ['test/soak/**', '**/node_modules/**'],
    globalSetup: 'test/support/build-pages.ts',
    environment: 'node',
    pool: 'forks',
    // Nothing here works at import, so files can share what is loaded; loading it anew for each took half of the time.
    isolate: false,
    // Many tests wait for a process, a browser or a clock, and meanwhile another can run.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    execArgv: ['--conditions=onerouter-source', '--disable-warning=ExperimentalWarning'],
  },
});
