import type { OneDriveItem } from '../drive/items.ts'
import type { OneDriveModel } from '../drive/one-drive-model.ts'
import { GraphError, noSegment } from './graph-error.ts'

/** What is asked for below a drive. */
export interface DrivePath {
  readonly tail: 'drive' | 'sharedWithMe' | 'item' | 'children' | 'delta' | 'content' | 'permissions'
  /** `root` or an item's id, still encoded. */
  readonly start?: string
  /** Names below it, from `root:/a/b:`. */
  readonly names: readonly string[]
  /** From `delta(token='…')`. */
  readonly token?: string
}

const tails = ['children', 'delta', 'content', 'permissions'] as const
/** Real, and not in the practice cloud. */
const elsewhere = [
  'versions',
  'thumbnails',
  'listItem',
  'analytics',
  'search',
  'special',
  'recent',
  'bundles',
  'following',
  'list',
  'preview',
]

/** https://learn.microsoft.com/graph/onedrive-addressing-driveitems */
export function parseDrivePath(rest: string): DrivePath {
  if (rest === '' || rest === '/') return { tail: 'drive', names: [] }
  if (/^\/(microsoft\.graph\.)?sharedWithMe(\(\))?$/.test(rest)) return { tail: 'sharedWithMe', names: [] }
  const found = /^\/(?:(root)|items\/([^/:]+))(?::(\/[^:]*))?(:?)(?:\/(.*))?$/.exec(rest)
  const segment = /^\/?([^/(:]*)/.exec(rest)?.[1] ?? rest
  if (found === null) throw elsewhere.includes(segment) ? notHere(segment) : noSegment(segment)
  const [, root, id, below = '', , tail = ''] = found
  const names = below.split('/').filter((name) => name !== '')
  const at = { start: root ?? id ?? '', names: names.map(decodeURIComponent) }
  if (tail === '') return { tail: 'item', ...at }
  const delta = /^(?:microsoft\.graph\.)?delta(?:\((?:token=')?([^')]*)'?\))?$/.exec(tail)
  if (delta !== null)
    return { tail: 'delta', ...at, ...(delta[1] === undefined || delta[1] === '' ? {} : { token: decodeURIComponent(delta[1]) }) }
  const known = tails.find((name) => name === tail)
  if (known !== undefined) return { tail: known, ...at }
  const first = /^[^/(]*/.exec(tail)?.[0] ?? tail
  throw elsewhere.includes(first) ? notHere(first) : noSegment(first)
}

const notHere = (what: string) => new GraphError(501, 'notSupported', `The practice cloud has no ${what}.`)

/** Follows names down, letter case aside. */
export function findByPath(drive: OneDriveModel, start: OneDriveItem, names: readonly string[]): OneDriveItem | undefined {
  let at: OneDriveItem | undefined = start
  for (const name of names) {
    let next: OneDriveItem | undefined
    for (const [child] of drive.scanChildren(at.id, { entry: 0, offset: 0 })) {
      if (child.name.toLowerCase() === name.toLowerCase()) {
        next = child
        break
      }
    }
    if (next === undefined) return undefined
    at = next
  }
  return at
}
