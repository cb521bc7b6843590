import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { Failure } from '../core/failure.ts'
import type { Budget, Endpoints } from '../core/provider.ts'

/** Where a practice cloud on this machine answers: endpoints by provider, and the certificate that it made for itself. */
export interface PracticeCloud {
  readonly endpoints: Readonly<Record<string, Endpoints>>
  /** PEM. */
  readonly ca: string
  /** How many times faster than the real service it may be asked: nobody practises at one page of OneNote in ten seconds. */
  readonly pace: number
}

const schema = z.object({
  endpoints: z.record(z.string(), z.record(z.string(), z.url())),
  ca: z.string(),
  pace: z.number().min(1).default(1),
})

/** Quotas as they are at a practice cloud of that pace. */
export const hurried = (budgets: readonly Budget[], pace: number): readonly Budget[] =>
  budgets.map((budget) => ({ ...budget, unitsPerSecond: budget.unitsPerSecond * pace, burst: budget.burst * pace }))

/**
 * Reads the file that a practice cloud wrote of itself. Only loopback addresses are taken, so that the file cannot lead a sign-in anywhere else.
 * Throws a Failure of kind `settings`.
 */
export function readPracticeCloud(file: string): PracticeCloud {
  let read: unknown
  try {
    read = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new Failure('settings', `HOLDALL_PRACTICE names ${file}, which cannot be read`, {
      hint: 'unset HOLDALL_PRACTICE to talk to the real services',
      cause,
    })
  }
  const parsed = schema.safeParse(read)
  const strange = parsed.success
    ? Object.values(parsed.data.endpoints)
        .flatMap((one) => Object.values(one))
        .find((url) => new URL(url).hostname !== '127.0.0.1')
    : file
  if (!parsed.success || strange !== undefined) {
    throw new Failure('settings', `${file} does not describe a practice cloud on this machine`, {
      hint: 'unset HOLDALL_PRACTICE to talk to the real services',
    })
  }
  return parsed.data
}
