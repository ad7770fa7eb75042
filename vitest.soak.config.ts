import { defineConfig, mergeConfig } from 'vitest/config';
import shared from './vitest.config.ts';

// What takes minutes: run by hand and reported, not part of `pnpm test`.
export default mergeConfig(
  { ...shared, test: { ...shared.test, include: [], exclude: [] } },
  defineConfig({
    test: {
      include: ['test/soak/**/*.test.ts'],
      execArgv: ['--expose-gc', ...(shared.test?.execArgv ?? [])],
      testTimeout: 1_800_000,
      hookTimeout: 60_000,
      fileParallelism: false,
    },
  }),
);
