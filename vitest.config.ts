import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'threads',
    maxWorkers: 2,
    // Generous: on a machine that does other work as well, everything takes several times as long.
    testTimeout: 60_000,
    globalSetup: ['test/support/print-seed.ts'],
    setupFiles: ['test/support/use-seed.ts'],
  },
})
