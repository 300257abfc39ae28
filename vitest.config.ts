import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'threads',
    maxWorkers: 2,
    globalSetup: ['test/support/print-seed.ts'],
    setupFiles: ['test/support/use-seed.ts'],
  },
})
