import type { Failure } from '../../../core/failure.ts'
import type { Item } from '../../../core/item.ts'
import { noteTargetOf } from './links.ts'
import type { PageWords } from './page-words.ts'
import { partNames } from './part-names.ts'
import type { PageAnswer } from './schema.ts'
import { instantOf, type Place } from './tree.ts'

/** A day in milliseconds. */
const day = 24 * 60 * 60 * 1000

/**
 * The version of a section: while it is the same, its pages need not be listed. It holds the section's own time; where it lies, since that is written into
 * its pages (see `pageItem`); and the day (UTC), since nothing promises that the time rises with every change of a page: what is skipped was read on
 * the same day.
 */
export const sectionVersion = ({ modified, depth, deleted }: Place, now: number): string =>
  modified === undefined ? '' : `${modified} ${depth}${deleted ? ' deleted' : ''} ${Math.floor(now / day)}`

/** What a section that cannot be read has instead, so that the next run asks again. */
export const unreadable = 'unreadable'

export function placeItem(place: Place, now: number, version = place.kind === 'section' ? sectionVersion(place, now) : ''): Item {
  const { id, name, parent, created, modified, link, guid, shared, deleted } = place
  return {
    id,
    kind: 'folder',
    version,
    name: name.trim() === '' ? `Untitled ${words[place.kind]}` : name,
    ...(parent !== undefined && { parent }),
    ...(modified !== undefined && { modified }),
    parts: [],
    ...(link !== undefined && { link }),
    details: {
      type: place.kind,
      ...(created !== undefined && { created: new Date(created).toISOString() }),
      ...(guid !== undefined && { guid }),
      ...(shared !== undefined && { shared }),
      ...(deleted && { deleted }),
    },
  }
}

const words = { notebook: 'notebook', group: 'section group', section: 'section' } as const

/** Stands for the pages of a section that the service does not give. */
export function lockedItem(section: Place, failure: Failure): Item {
  return {
    id: `${section.id} (locked)`,
    kind: 'file',
    version: '',
    name: section.name.trim() === '' ? 'Untitled section' : section.name,
    parent: section.id,
    parts: [],
    unexportable: { reason: failure.reason ?? 'no-export', message: failure.message },
    ...(section.link !== undefined && { link: section.link }),
    details: { type: 'section' },
  }
}

/** OneNote's own words for a page without a title. */
const untitled = 'Untitled page'

/**
 * A page: its time is its version, and so is what else is written into it: its depth, since its links to other pages begin with `../` as often as there are
 * folders above it, and what the reader has to know of it (`noteOf`). The query strings in its HTML differ from one answer to the next and mean nothing.
 * `conflictOf` is the page of which it perhaps has changes that OneNote could not merge.
 */
export function pageItem(section: Place, page: PageAnswer, conflictOf?: string): Item {
  // A file whose name is an ending alone is one that many systems hide.
  const title = page.title == null || page.title.trim() === '' ? untitled : page.title
  const { oneNoteClientUrl, oneNoteWebUrl } = page.links ?? {}
  const link = oneNoteWebUrl?.href ?? undefined
  const target = noteTargetOf(oneNoteClientUrl?.href ?? undefined) ?? noteTargetOf(link)
  const modified = instantOf(page.lastModifiedDateTime)
  const created = instantOf(page.createdDateTime)
  const depth = section.depth + 1
  return {
    id: page.id,
    kind: 'file',
    version: `${page.lastModifiedDateTime ?? ''} ${depth}${section.deleted ? ' deleted' : ''}${conflictOf === undefined ? '' : ' conflict'}`,
    name: title,
    parent: section.id,
    ...(modified !== undefined && { modified }),
    parts: [
      { key: 'page', name: `${title}${conflictOf === undefined ? '' : ' (perhaps conflicting changes)'}.html`, format: 'html' },
      { key: 'original', name: partNames({ id: page.id, title }).own('as delivered.html'), format: 'html' },
    ],
    ...(link !== undefined && { link }),
    details: {
      type: 'page',
      depth,
      ...(created !== undefined && { created: new Date(created).toISOString() }),
      ...(page.level != null && { level: page.level }),
      ...(page.order != null && { order: page.order }),
      ...(target?.kind === 'page' && { guid: target.guid }),
      ...(section.deleted && { deleted: true }),
      ...(conflictOf !== undefined && { perhapsConflictOf: conflictOf }),
    },
  }
}

/** What the reader of a page has to know besides its title, in every language. */
export function noteOf({ details: { deleted, perhapsConflictOf } }: Item): ((words: PageWords) => string) | undefined {
  if (deleted === true) return ({ deletedPage }) => deletedPage
  return typeof perhapsConflictOf === 'string' ? ({ conflictPage }) => conflictPage : undefined
}
