import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/shipped.ts',
    // Child processes, not threads: tests start servers, watch exit statuses and send signals.
    pool: 'forks',
    // They use the processor to the full: more than it has gains nothing (measured with three on two).
    maxWorkers: Math.max(2, availableParallelism()),
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
