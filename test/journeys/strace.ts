import { spawnSync } from 'node:child_process'

/**
 * Whether tests that need strace (Debian's package `strace`, and a kernel that lets one process trace another) can run here. Where they cannot, they
 * are skipped, and this says so aloud; with CI=true it throws.
 */
export function hasStrace(): boolean {
  const { status } = spawnSync('strace', ['-f', '--seccomp-bpf', '-o', '/dev/null', '-e', 'trace=rename', 'true'])
  if (status === 0) return true
  if (process.env.CI === 'true')
    throw new Error('strace is missing or may not trace here, and CI must not skip the tests that need it')
  process.stderr.write('\nSKIPPED: tests that cut a run at an exact system call need strace, and the right to trace\n\n')
  return false
}

export interface CutPoint {
  /** System calls, separated by commas. */
  readonly calls: string
  /** Only calls that touch one of these paths (absolute). */
  readonly paths?: readonly string[]
  /** Which one: counted in each thread by itself, from 1. */
  readonly when: number
}

/** The words before a command that make every such call on one of these paths (absolute) fail, as a disk with a bad sector does. */
export function failOn({ calls, paths }: { readonly calls: string; readonly paths: readonly string[] }): string[] {
  const filter = paths.flatMap((path) => ['-P', path])
  return ['strace', '-f', '-o', '/dev/null', ...filter, '-e', `trace=${calls}`, '-e', `inject=${calls}:error=EIO`]
}

/** The words before a command that make SIGKILL strike it on entering a system call: the call itself is not made any more. */
export function cutBefore({ calls, paths = [], when }: CutPoint): string[] {
  const filter = paths.flatMap((path) => ['-P', path])
  return [
    'strace',
    '-f',
    '-o',
    '/dev/null',
    ...filter,
    '-e',
    `trace=${calls}`,
    '-e',
    `inject=${calls}:signal=SIGKILL:when=${when}`,
  ]
}
