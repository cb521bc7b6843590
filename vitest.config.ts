import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** Kills, rebuilt journals, whole journeys: minutes of processor time, run by `npm run test:long` and in CI. */
const long = [
  'test/journeys/crash-*.test.ts',
  'test/journeys/rebuild.test.ts',
  'test/journeys/practice.test.ts',
  'test/journeys/plan-forecast.test.ts',
  'test/robustness/*.test.ts',
]

export default defineConfig({
  test: {
    globalSetup: 'test/shipped.ts',
    // Child processes, not threads: tests start servers, watch exit statuses and send signals.
    pool: 'forks',
    // They use the processor to the full: more than it has gains nothing (measured with three on two).
    maxWorkers: Math.max(2, availableParallelism()),
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'tests', include: ['test/**/*.test.ts'], exclude: long } },
      { extends: true, test: { name: 'long', include: long } },
    ],
  },
})
