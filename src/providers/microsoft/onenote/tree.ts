import { createHash } from 'node:crypto'
import type { OneNoteApi } from './api.ts'
import { noteTargetOf } from './links.ts'
import { everything } from './pages.ts'
import type { GroupAnswer, SectionAnswer } from './schema.ts'

/** A notebook, a section group or a section. */
export interface Place {
  readonly kind: 'notebook' | 'group' | 'section'
  readonly id: string
  readonly name: string
  /** Absent for notebooks. */
  readonly parent?: string
  /** Folders above it. */
  readonly depth: number
  /** Milliseconds since 1970. */
  readonly created?: number
  readonly modified?: number
  readonly link?: string
  /** As OneNote's links name a section. */
  readonly guid?: string
  readonly shared?: boolean
  /** It is or lies in the notebook's recycle bin. */
  readonly deleted?: true
}

/**
 * The section group in which OneNote keeps deleted sections and pages for sixty days, by the name of its folder (http://onenote.sdk-ltd.com/?eid=23). That Graph
 * lists it is not documented; where it does, what is in it must not look like the rest.
 */
const recycleBin = /^OneNote_RecycleBin$/i

export interface Tree {
  /** Each after its parent; the sections of a folder before its groups. */
  readonly places: readonly Place[]
  readonly sections: readonly Place[]
  /** The same for the same structure, names and times aside. */
  readonly shape: string
}

/**
 * All notebooks, section groups and sections, mostly in one request. What an expansion leaves out or breaks off is asked for by itself, so that nothing is
 * taken for empty that was not answered. The service shows 5,000 of them in a library at most (error 10008), so they are held in memory.
 */
export async function readTree(api: OneNoteApi, signal: AbortSignal): Promise<Tree> {
  const places: Place[] = []
  const seen = new Set<string>()

  async function below(
    of: 'notebooks' | 'sectionGroups',
    answer: GroupAnswer,
    depth: number,
    inBin: { readonly deleted?: true } = {},
  ): Promise<void> {
    const sections =
      answer.sections == null || answer['sections@odata.nextLink'] != null
        ? await everything((skip) => api.sections(of, answer.id, skip, signal))
        : answer.sections
    const groups =
      answer.sectionGroups == null || answer['sectionGroups@odata.nextLink'] != null
        ? await everything((skip) => api.groups(of, answer.id, skip, signal))
        : answer.sectionGroups
    for (const section of sections.toSorted(byId)) add({ ...placeOf('section', section, depth), ...inBin, parent: answer.id })
    for (const group of groups.toSorted(byId)) {
      const deleted = recycleBin.test(group.displayName ?? '') ? ({ deleted: true } as const) : inBin
      if (!add({ ...placeOf('group', group, depth), ...deleted, parent: answer.id })) continue
      await below('sectionGroups', group, depth + 1, deleted)
    }
  }

  /** False: it was there already. */
  function add(place: Place): boolean {
    if (seen.has(place.id)) return false
    seen.add(place.id)
    places.push(place)
    return true
  }

  const notebooks = await everything((skip) => api.notebooks(skip, signal))
  for (const notebook of notebooks.toSorted(byId)) {
    const shared = notebook.isShared == null ? {} : { shared: notebook.isShared }
    if (add({ ...placeOf('notebook', notebook, 0), ...shared })) await below('notebooks', notebook, 1)
  }
  const shape = createHash('sha256')
  for (const { id, parent } of places) shape.update(`${parent ?? ''} ${id}\n`)
  return { places, sections: places.filter(({ kind }) => kind === 'section'), shape: shape.digest('base64url').slice(0, 22) }
}

const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1)

function placeOf(kind: Place['kind'], answer: SectionAnswer, depth: number): Place {
  const { oneNoteClientUrl, oneNoteWebUrl } = answer.links ?? {}
  const created = instantOf(answer.createdDateTime)
  const modified = instantOf(answer.lastModifiedDateTime)
  const link = oneNoteWebUrl?.href ?? undefined
  const target = kind === 'section' ? (noteTargetOf(oneNoteClientUrl?.href ?? undefined) ?? noteTargetOf(link)) : undefined
  return {
    kind,
    id: answer.id,
    name: answer.displayName ?? '',
    depth,
    ...(created !== undefined && { created }),
    ...(modified !== undefined && { modified }),
    ...(link !== undefined && { link }),
    ...(target !== undefined && { guid: target.guid }),
  }
}

/** A time of an answer as milliseconds since 1970. */
export function instantOf(text: string | null | undefined): number | undefined {
  const at = Date.parse(text ?? '')
  return Number.isNaN(at) ? undefined : at
}
