import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** Kills and interruptions, rebuilt journals, archives damaged in every way, memory under much data, disks of other kinds, whole journeys: minutes of processor time, run by `npm run test:long` and in CI. */
const long = [
  'test/journeys/crash-*.test.ts',
  'test/journeys/interrupt.test.ts',
  'test/journeys/canary*.test.ts',
  'test/journeys/rebuild.test.ts',
  'test/journeys/{verify-fates,verify-columns,verify-damage}.test.ts',
  'test/journeys/wait-zoom.test.ts',
  'test/copy/fat-disk.test.ts',
  'test/journeys/practice.test.ts',
  'test/journeys/plan-forecast*.test.ts',
  'test/forecast/outlook.test.ts',
  'test/backup/memory.test.ts',
  'test/providers/google/gmail/gmail-large-mailbox.test.ts',
  'test/providers/google/gmail/gmail-memory.test.ts',
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
