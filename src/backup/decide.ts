import type { Item } from '../core/item.ts'
import { type ItemRow, partsOf, type Refusal, refusalOf, type StoredState } from '../journal/rows.ts'

/** What a listing's statement about an item makes of it. */
export interface Decision {
  readonly state: StoredState
  readonly reason: string | null
  /** 'fresh': the state is reached now; 'kept': it stays as it was, and with it the run in which it was reached. */
  readonly since: 'fresh' | 'kept'
}

const fresh = (state: StoredState, reason: string | null = null): Decision => ({ state, reason, since: 'fresh' })

/** Pure: what becomes of an item that a listing names, given what the journal knows of it. */
export function decide(item: Item, known: ItemRow | undefined): Decision {
  const before = known === undefined ? undefined : ({ state: known.state, reason: known.reason, since: 'kept' } as const)
  const sameBytes = known !== undefined && known.version === item.version && known.kind === item.kind && sameParts(item, known)
  if (item.kind === 'place') return before?.state === 'saved' ? before : fresh('saved')
  if (sameBytes && (known.state === 'saved' || known.state === 'unexportable')) return before!
  if (item.excluded !== undefined) return fresh('excluded', item.excluded)
  if (item.waiting !== undefined) return fresh('pending', item.waiting)
  if (item.kind === 'folder' || item.kind === 'record')
    return before?.state === 'saved' && known?.kind === item.kind ? before : fresh('saved')
  if (item.parts.length === 0)
    return item.unexportable === undefined ? fresh('saved') : fresh('unexportable', item.unexportable.message)
  // Left out by a filter, or failed, in this run: listed once more, it stays so until the next run asks again.
  if (sameBytes && (known.state === 'failed' || (known.state === 'excluded' && known.excluded === null))) return before!
  // Waiting for its turn already, whatever the reason was.
  if (sameBytes && known.state === 'pending' && known.waiting === null) return before!
  return fresh('pending')
}

function sameParts(item: Item, known: ItemRow): boolean {
  const keys = new Set(partsOf(known).map((part) => part.key))
  return item.parts.every((part) => keys.has(part.key))
}

/**
 * The item as the journal keeps it. What only the content revealed outlives a listing that does not say it: names, until a later content says
 * otherwise; further parts, that its bytes contradict what is stated of them, and that the provider refuses it, as long as the version is the same. An item without bytes gets a link file to the
 * page that shows it.
 */
export function merge(item: Item, known: ItemRow | undefined): Item {
  if (known === undefined) return withLinkFile(item)
  let merged = item.name === undefined && known.name !== null ? withKnownNames(item, known) : item
  if (known.version === item.version) {
    if (item.unexportable === undefined && item.excluded === undefined && wasRefused(known)) {
      const unexportable: Refusal = { ...refusalOf(known)!, asked: item.parts }
      return { ...merged, unexportable, parts: partsOf(known) }
    }
    const noted = known.details.includes(contradiction) ? JSON.parse(known.details)[contradiction] : undefined
    if (noted !== undefined) merged = { ...merged, details: { ...merged.details, [contradiction]: noted } }
    const revealed = partsOf(known).filter((part) => part.key.startsWith(revealedPrefix))
    if (revealed.length > 0) merged = { ...merged, parts: [...merged.parts, ...revealed] }
  }
  return withLinkFile(merged)
}

function withKnownNames(item: Item, known: ItemRow): Item {
  const names = new Map(partsOf(known).map(({ key, name }) => [key, name]))
  return {
    ...item,
    name: known.name!,
    ...(known.modified !== null && { modified: known.modified }),
    parts: item.parts.map((part) => {
      const name = part.name ?? names.get(part.key)
      return name === undefined ? part : { ...part, name }
    }),
    details: { ...JSON.parse(known.details), ...item.details },
  }
}

/** Refused by the provider when it was fetched. A refusal that a listing stated ends when a listing states it no more. */
function wasRefused(known: ItemRow): boolean {
  return known.state === 'unexportable' && refusalOf(known) !== undefined
}

/** In the details of an item: its bytes are not those that the provider states (`Content.doubtful`). */
export const contradiction = 'statedOtherwise'

/** Marks parts that came with the content (`Content.more`). */
export const revealedPrefix = 'more:'

/** An item without bytes, with a link file in their place, where it has a page. */
export function withLinkFile(item: Item): Item {
  if (item.unexportable === undefined || item.parts.length > 0 || item.link === undefined) return item
  // The form of an Internet shortcut: Windows opens it, macOS opens it, and everybody can read it.
  return {
    ...item,
    parts: [
      {
        key: 'link',
        name: `${item.name ?? item.id}.url`,
        inline: `[InternetShortcut]\r\nURL=${item.link.replace(/[\r\n]/g, '')}\r\n`,
      },
    ],
  }
}
