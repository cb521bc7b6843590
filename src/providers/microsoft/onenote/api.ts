import type { z } from 'zod'
import type { Connection } from '../../../core/provider.ts'
import type { HttpResponse } from '../../../core/transport.ts'
import { oneNoteRequests, type Refused } from './request.ts'
import * as schema from './schema.ts'

/** The most that a request for a list may ask for: https://learn.microsoft.com/graph/onenote-error-codes#20129 */
export const pageSize = 100

/** What is below notebooks, down to the sections, however deep: https://learn.microsoft.com/graph/onenote-get-content#expand--levels-multiple-levels */
const wholeTree = '$expand=sections,sectionGroups(expand=sections,sectionGroups(levels=max;expand=sections))'

export interface List<T> {
  readonly entries: readonly T[]
  /** Whether the answer says itself that there is more. */
  readonly more: boolean
}

export interface PageInSection {
  readonly id: string
  readonly section: string | undefined
}

/** OneNote's calls that we make, all of which only read. Each throws the transport's Failure, or the signal's reason. */
export interface OneNoteApi {
  /** Notebooks that the person owns: shared ones of others come only when asked for, and are not. */
  notebooks(skip: number, signal: AbortSignal): Promise<List<z.infer<typeof schema.notebook>>>
  sections(of: 'notebooks' | 'sectionGroups', id: string, skip: number, signal: AbortSignal): Promise<List<schema.SectionAnswer>>
  groups(of: 'notebooks' | 'sectionGroups', id: string, skip: number, signal: AbortSignal): Promise<List<schema.GroupAnswer>>
  /** Pages of a section, oldest first, so that what changes meanwhile does not shift the others. */
  pages(section: string, skip: number, signal: AbortSignal): Promise<List<schema.PageAnswer>>
  /** Sections of all notebooks that the person owns, whatever group they are in. */
  allSections(skip: number, signal: AbortSignal): Promise<List<{ readonly id: string }>>
  /** Pages of all notebooks with the section that each is in; undefined where the account has too many sections for that. */
  allPages(skip: number, signal: AbortSignal): Promise<List<PageInSection> | undefined>
  /** Throws a Failure of kind `gone` where there is no such page. */
  page(id: string, signal: AbortSignal): Promise<void>
  content(page: string, signal: AbortSignal): Promise<HttpResponse>
  resource(id: string, signal: AbortSignal): Promise<HttpResponse>
}

export function createOneNoteApi(connection: Connection): OneNoteApi {
  const { json, bytes } = oneNoteRequests(connection)

  type Answer<T> = { value: T[]; '@odata.nextLink'?: string | null | undefined }
  const list = async <T>(
    what: string,
    path: string,
    entry: z.ZodType<T>,
    signal: AbortSignal,
    refused?: Refused<Answer<T>>,
  ): Promise<List<T>> => {
    const answer = await json(what, path, schema.listOf(entry), signal, refused)
    return { entries: answer.value, more: answer['@odata.nextLink'] != null }
  }

  /** Whoever refuses the expansion is asked without it; what is missing then is asked for by itself (tree.ts). */
  async function expandedList<T>(what: string, path: string, entry: z.ZodType<T>, signal: AbortSignal): Promise<List<T>> {
    let refused = false
    const whole = await list(what, `${path}&${wholeTree}`, entry, signal, (_, status) => {
      refused = status === 400
      return refused ? { value: [] } : undefined
    })
    return refused ? list(what, path, entry, signal) : whole
  }

  const cut = (skip: number) => `$top=${pageSize}${skip === 0 ? '' : `&$skip=${skip}`}`
  const encoded = (id: string) => encodeURIComponent(id)

  return {
    notebooks: (skip, signal) => expandedList('the list of notebooks', `notebooks?${cut(skip)}`, schema.notebook, signal),
    sections: (of, id, skip, signal) =>
      list('a list of sections', `${of}/${encoded(id)}/sections?${cut(skip)}`, schema.section, signal),
    groups: (of, id, skip, signal) =>
      expandedList('a list of section groups', `${of}/${encoded(id)}/sectionGroups?${cut(skip)}`, schema.group, signal),
    pages: (section, skip, signal) =>
      list(
        'the list of pages of a section',
        `sections/${encoded(section)}/pages?${cut(skip)}&pagelevel=true&$orderby=createdDateTime&$select=id,title,createdDateTime,lastModifiedDateTime,links,level,order`,
        schema.page,
        signal,
      ),
    allSections: (skip, signal) => list('the list of all sections', `sections?${cut(skip)}&$select=id`, schema.idAlone, signal),
    async allPages(skip, signal) {
      let refused = false
      const { entries, more } = await list(
        'the list of all pages',
        `pages?${cut(skip)}&$orderby=createdDateTime&$select=id&$expand=parentSection($select=id)`,
        schema.pageInSection,
        signal,
        (code) => {
          refused = noListOfAll.has(code ?? '')
          return refused ? { value: [] } : undefined
        },
      )
      if (refused) return undefined
      return { entries: entries.map(({ id, parentSection }) => ({ id, section: parentSection?.id })), more }
    },
    async page(id, signal) {
      await json('a question about a page', `pages/${encoded(id)}?$select=id`, schema.idAlone, signal)
    },
    // Without this option, what was drawn by hand is silently left out: https://devblogs.microsoft.com/microsoft365dev/onenote-ink-beta-apis/
    content: (page, signal) => bytes(`pages/${encoded(page)}/content?includeinkML=true`, signal),
    resource: (id, signal) => bytes(`resources/${encoded(id)}/$value`, signal),
  }
}

/**
 * Too many sections (https://learn.microsoft.com/graph/onenote-error-codes#20266), or one of them cannot be read at all
 * (https://github.com/microsoftgraph/microsoft-graph-docs/issues/6713): section by section is the only road.
 */
const noListOfAll = new Set(['20266', '20258', '20185'])
