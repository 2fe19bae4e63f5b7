import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'test/slow/**'],
    globalSetup: 'test/support/report-missing-tools.ts',
    // graphql is shipped as ESM and CJS; Vite's own runner would load both and graphql-js refuses two realms.
    experimental: { viteModuleRunner: false },
    // Only ends a test that hangs: no promise is about how fast the machine is.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // Files of one worker share the modules that they import: loading them for each file took as long as the tests. So no test may
    // change a module, the environment or a clock of the process and leave it so.
    isolate: false,
  },
});
