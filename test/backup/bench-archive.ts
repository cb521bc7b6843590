import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { createArchive } from '../../src/archive/archive.ts'
import { isSealed } from '../../src/archive/bag.ts'
import { createFilter } from '../../src/backup/filter.ts'
import { type BackupOptions, backup, Interrupted, type Summary } from '../../src/backup/run.ts'
import type { Clock } from '../../src/core/clock.ts'
import type { RunEvent } from '../../src/core/events.ts'
import { Failure } from '../../src/core/failure.ts'
import type { Journal } from '../../src/journal/journal.ts'
import { openJournal } from '../../src/journal/open.ts'
import { checkWithSha256sum, withoutSha256sum } from '../archive/sha256sum.ts'
import { sha256, type World } from './fake-source.ts'

/** A clock whose pauses take no time. */
export function hastyClock(): Clock & { ahead: number; slept: number[] } {
  return {
    ahead: 0,
    slept: [],
    now() {
      return Date.now() + this.ahead
    },
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      this.slept.push(ms)
      this.ahead += ms
      await new Promise((resolve) => setImmediate(resolve))
      signal?.throwIfAborted()
    },
  }
}

export interface RunResult extends Summary {
  readonly events: readonly RunEvent[]
  of<E extends RunEvent['event']>(event: E): Extract<RunEvent, { event: E }>[]
}

/** A real archive folder with a real journal, and the engine's runs in it. Removed by `dispose`. */
export async function createBench() {
  const root = await mkdtemp(join(tmpdir(), 'holdall-engine-'))
  const archive = createArchive(root, platform())
  await archive.prepare()
  const clock = hastyClock()
  const bench = {
    root,
    archive,
    clock,
    journal: openJournal(archive.journalFile, { access: 'write' }),
    /** The stop that a person asks for; renewed with each run. */
    stop: new AbortController(),
    interrupt: () => bench.stop.abort(new Interrupted('interrupted')),
    async run(
      worlds: World | Record<string, World>,
      options: Partial<BackupOptions> & { shape?: string } = {},
    ): Promise<RunResult> {
      const { shape = 'all', ...rest } = options
      bench.stop = new AbortController()
      const events: RunEvent[] = []
      const named = 'source' in worlds ? { 'home/files': worlds as World } : (worlds as Record<string, World>)
      const summary = await backup({
        command: 'backup',
        sources: Object.entries(named).map(([name, { source, features }]) => ({
          name,
          account: name.split('/')[0]!,
          features,
          source,
          shape,
        })),
        journal: bench.journal,
        archive,
        clock,
        emit: (event) => events.push(event),
        signal: bench.stop.signal,
        filter: createFilter({ include: [], exclude: [] }),
        transfers: 4,
        keepVersions: false,
        retryForMs: 10_000,
        pauseMs: 1000,
        software: 'holdall test',
        ...rest,
      })
      return {
        ...summary,
        events,
        of: (event) => events.filter((one) => one.event === event) as never,
      }
    },
    /** The journal as a new process would find it. */
    reopen(): Journal {
      bench.journal.close()
      bench.journal = openJournal(archive.journalFile, { access: 'write' })
      return bench.journal
    },
    /** Files below data/ by path, folders with a slash behind. */
    tree(below = 'data/home/files'): Record<string, string> {
      const found: Record<string, string> = {}
      const walk = (folder: string) => {
        for (const name of readdirSync(join(root, folder)).sort()) {
          const path = `${folder}/${name}`
          const shown = path.slice(below.length + 1)
          if (lstatSync(join(root, path)).isDirectory()) {
            found[`${shown}/`] = ''
            walk(path)
          } else found[shown] = readFileSync(join(root, path), 'utf8')
        }
      }
      walk(below)
      return found
    },
    files(below = 'data'): string[] {
      return Object.keys(bench.tree(below)).filter((path) => !path.endsWith('/'))
    },
    left: (folder: string) => readdirSync(join(root, '.holdall', folder)),
    inode: (path: string) => lstatSync(join(root, 'data/home/files', path)).ino,
    state(id: string, source = 'home/files') {
      return bench.journal.find(bench.journal.findSource(source)!, id)?.state
    },
    item(id: string, source = 'home/files') {
      return bench.journal.find(bench.journal.findSource(source)!, id)
    },
    /** What must hold after every run that ends: a valid bag that names every file below data/, with a journal that agrees. */
    async checkSound(): Promise<void> {
      expect(await isSealed(root)).toBe(true)
      const manifest = readFileSync(join(root, 'manifest-sha256.txt'), 'utf8')
      const stated = manifest
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => [line.slice(0, 64), line.slice(66)] as const)
      expect(stated.map(([, path]) => path).sort()).toEqual(
        bench
          .files()
          .map((path) => `data/${path}`)
          .sort(),
      )
      for (const [hash, path] of stated) expect([path, sha256(readFileSync(join(root, path)))]).toEqual([path, hash])
      if (!withoutSha256sum)
        for (const one of stated.length === 0 ? ['tagmanifest'] : ['manifest', 'tagmanifest'])
          await checkWithSha256sum(root, `${one}-sha256.txt`)
      for (const { n } of bench.journal.sources()) {
        const { items, bytes: _, ...states } = bench.journal.tally(n, bench.journal.lastRun()!.n)
        expect(Object.values(states).reduce((sum, one) => sum + one, 0)).toBe(items)
      }
    },
    /** The archive holds exactly what the world holds, under the plain names. */
    expectContents(expected: Record<string, string | Uint8Array>): void {
      const found = Object.fromEntries(Object.entries(bench.tree()).filter(([path]) => !path.endsWith('/')))
      expect(found).toEqual(
        Object.fromEntries(Object.entries(expected).map(([path, text]) => [path, Buffer.from(text).toString()])),
      )
    },
    async dispose(): Promise<void> {
      try {
        bench.journal.close()
      } catch {
        // Closed by the test.
      }
      await rm(root, { recursive: true, force: true })
    },
  }
  return bench
}

export type Bench = Awaited<ReturnType<typeof createBench>>

export const transient = (message = 'the connection was cut') => new Failure('transient', message)
