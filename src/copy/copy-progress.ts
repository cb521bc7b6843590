import type { Reporter, SourceProgress } from '../core/events.ts'
import type { ExpectedFile } from '../verify/expectation.ts'

/** Between two snapshots, in milliseconds. */
const everyMs = 500

type Counts = { -readonly [key in keyof SourceProgress]: SourceProgress[key] }

/** Counts a copy source by source, and tells of it now and then until it is closed. */
export function createCopyProgress(emit: Reporter) {
  const sources: Record<string, Counts> = {}
  const of = ({ path }: ExpectedFile) => {
    const [, account, source] = path.split('/', 3)
    const name = `${account}/${source}`
    sources[name] ??= { listing: false, items: 0, done: 0, failed: 0, bytes: 0, bytesLeft: 0 }
    return sources[name]
  }
  const tell = () => emit({ event: 'progress', sources: structuredClone(sources) })
  const ticking = setInterval(tell, everyMs)
  let [files, bytes] = [0, 0]

  return {
    /** A file belongs into the copy. */
    add(file: ExpectedFile): void {
      files++
      bytes += file.bytes
      const counts = of(file)
      counts.items++
      counts.bytesLeft += file.bytes
    },
    read(file: ExpectedFile, more: number): void {
      const counts = of(file)
      counts.bytes += more
      counts.bytesLeft = Math.max(0, counts.bytesLeft - more)
    },
    /** Nothing more is to be done about a file; `unread` of its bytes needed not be read. */
    done(file: ExpectedFile, unread: number, failed = false): void {
      const counts = of(file)
      counts.bytesLeft = Math.max(0, counts.bytesLeft - unread)
      counts[failed ? 'failed' : 'done']++
    },
    totals: () => ({ files, bytes }),
    close(): void {
      clearInterval(ticking)
      tell()
    },
  }
}
