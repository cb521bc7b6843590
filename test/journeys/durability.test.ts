import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { startCloud } from './cloud.ts'
import { createMixedAccount } from './mixed-account.ts'
import { judgeOrder } from './order.ts'
import { run } from './program.ts'
import { hasStrace } from './strace.ts'
import { parseTrace } from './trace.ts'

const traced = 'write,writev,pwrite64,pwritev,pwritev2,utimensat,fdatasync,fsync,rename,renameat,renameat2,mkdir,ftruncate'

describe.runIf(hasStrace())('what is called saved survives a power cut', () => {
  test('bytes, then proof and target, then the name, then its folder, then saved: each durable before the next', async () => {
    const account = createMixedAccount({ seed: 11, large: 40 * 1024 * 1024 })
    const cloud = await startCloud(account)
    const { place } = cloud
    const trace = path.join(place.folder, 'trace')
    // Long enough for whole pages of the journal: what they hold is looked at.
    const under = ['strace', '-f', '--seccomp-bpf', '-y', '-s', '4200', '-o', trace, '-e', `trace=${traced}`]
    const backup = async (what: 'saves' | 'moves', ...sources: string[]) => {
      const { status, stderr } = await run(place, ['backup', ...sources, '--json'], { under })
      expect(status, stderr).toBe(0)
      return judgeOrder(parseTrace(readFileSync(trace, 'utf8')), place.archive, what)
    }
    const fresh = await backup('saves')
    expect(fresh.wrong).toEqual([])
    expect(fresh.saved).toBeGreaterThan(220)

    account.change()
    const changed = await backup('saves')
    expect(changed.wrong).toEqual([])
    expect(changed.saved).toBeGreaterThan(20)

    account.rearrange()
    const moved = await backup('moves', 'google')
    expect(moved.wrong).toEqual([])
    expect(moved).toMatchObject({ saved: 0 })
    expect(moved.moved).toBeGreaterThan(8)
  })
})
