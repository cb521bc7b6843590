import type { RunEvent } from '../core/events.ts'
import { formatBytes } from './bytes.ts'
import { clean } from './clean.ts'
import type { Colors } from './colors.ts'
import type { Line } from './screen.ts'
import { cut, cutFront, pad, widestOf } from './width.ts'

type Transfer = Extract<RunEvent, { event: 'transfer' }>

/** The files in flight, in the order in which they began. */
export function createTransfers(): { note(event: Transfer): void; first(limit: number): Transfer[] } {
  const flying = new Map<string, Transfer>()
  return {
    note(event) {
      const key = JSON.stringify([event.source, event.path])
      if (event.state === 'started' || event.state === 'progress') flying.set(key, event)
      else flying.delete(key)
    },
    first(limit) {
      const first: Transfer[] = []
      for (const transfer of flying.values()) {
        if (first.length >= limit) break
        first.push(transfer)
      }
      return first
    },
  }
}

const bytesColumns = 'xxx.x MB/xxx.x MB'.length

/** `45%  12.3 MB/27.0 MB  path`; the path stands last, where its width disturbs nothing, and loses its front first. */
export function transferLine({ path, bytes, size }: Transfer, columns: number, colors: Colors): Line {
  const share = size === undefined || size === 0 ? '' : `${Math.min(100, Math.floor((bytes / size) * 100))}%`
  const amount = size === undefined ? formatBytes(bytes) : `${formatBytes(bytes)}/${formatBytes(size)}`
  const roomy = columns >= 60
  const lead = `  ${pad(share, 4, 'right')}  ${roomy ? `${pad(amount, bytesColumns, 'right')}  ` : ''}`
  const text = cut(lead + cutFront(clean(path), Math.max(0, columns - lead.length), widestOf), columns, widestOf)
  return { text, styled: colors.dim(text) }
}
