import { configDefaults, defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** What is slow by nature: installing the package, several processes, browsers, long load. One file after the other. */
export default mergeConfig(
  { ...base, test: { ...base.test, include: [], exclude: [] } },
  defineConfig({
    test: {
      include: ['test/slow/**/*.test.ts'],
      exclude: [...configDefaults.exclude],
      fileParallelism: false,
      isolate: true,
    },
  }),
);
