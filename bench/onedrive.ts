import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { benchCopying, type Contender, ours } from './copying.ts'
import { curl } from './curl.ts'
import { makeOneDrivePlace, type OneDrivePlace } from './onedrive-place.ts'
import type { OneDriveShape } from './onedrive-server.ts'
import { makePackage, sources } from './ours.ts'
import { rclone } from './rclone.ts'
import { scratch } from './scratch.ts'

export interface OneDriveOptions {
  readonly rounds: number
  /** Large files, and MB (10^6 bytes) of each; 0: none. */
  readonly files: number
  readonly size: number
  /** Small files; 0: none. */
  readonly count: number
  /** Whether rclone takes part: it waits 10 ms between calls, which for many small files is all that it does. */
  readonly withRclone: boolean
}

/** A practice OneDrive copied by ours, by rclone's onedrive backend and by curl: a few large files, and many small ones. */
export async function benchOneDrive({ rounds, files, size, count, withRclone }: OneDriveOptions): Promise<void> {
  const shapes: readonly (readonly [string, OneDriveShape, boolean])[] = [
    [`OneDrive over TLS, ${files} files of ${size} MB`, { kind: 'large', count: files, size: size * 1e6 }, false],
    [`OneDrive over TLS, ${count} files of 4 to 40 KB`, { kind: 'small', count }, true],
  ]
  for (const [title, shape, again] of shapes) if (shape.count > 0) await bench(title, shape, again)

  async function bench(title: string, shape: OneDriveShape, again: boolean): Promise<void> {
    const home = await mkdtemp(join(scratch(), 'bench-'))
    const place = await makeOneDrivePlace(home, shape)
    const { tree, account } = place
    try {
      const contenders = [
        ours(home, tree, sources, account),
        ours(home, tree, await makePackage(home), account),
        ...(withRclone ? [rclone(home, tree, place.remote)] : []),
        curl(home, tree, 8, place.downloads),
      ]
      await benchCopying({ title, rounds, tree, contenders: contenders.map((one) => watched(place, one)), again })
    } finally {
      place.stop()
      await rm(home, { recursive: true })
    }
  }
}

/** The storage hosts take a bearer token from rclone alone, and nobody else does what no client may do: else the benchmark ends. */
function watched(place: OneDrivePlace, start: () => Promise<Contender>): () => Promise<Contender> {
  return async () => {
    const { name, run, rerun } = await start()
    const isRclone = name.startsWith('rclone')
    const watch = async <T>(work: () => Promise<T>): Promise<T> => {
      await place.ask({ tolerateBearer: isRclone })
      const done = await work()
      const violations = (await place.ask('violations')) as string[]
      const worse = isRclone ? violations.filter((one) => !one.includes('got a bearer token')) : violations
      if (worse.length > 0) throw new Error(`${name}: ${worse.slice(0, 5).join('; ')}`)
      return done
    }
    return { name, run: () => watch(run), ...(rerun && { rerun: () => watch(rerun) }) }
  }
}
