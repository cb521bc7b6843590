import type { z } from 'zod'
import { Failure } from '../../../core/failure.ts'
import type { Connection } from '../../../core/provider.ts'
import type { HttpResponse } from '../../../core/transport.ts'
import { answerOf, graphClient } from '../client.ts'
import { readError } from '../error-body.ts'
import { onenotePriceOf } from '../limits.ts'
import { userAgent } from '../user-agent.ts'
import * as schema from './schema.ts'

/** The most that a request for a list may ask for: https://learn.microsoft.com/graph/onenote-error-codes#20129 */
export const pageSize = 100

/** All notebooks with everything down to the sections: https://learn.microsoft.com/graph/onenote-get-content#expand--levels-multiple-levels */
const wholeTree = 'sections,sectionGroups(expand=sections,sectionGroups(levels=max;expand=sections))'

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
  /** Pages of all notebooks with the section that each is in; undefined where the account has too many sections for that. */
  allPages(skip: number, signal: AbortSignal): Promise<List<PageInSection> | undefined>
  /** Throws a Failure of kind `gone` where there is no such page. */
  page(id: string, signal: AbortSignal): Promise<void>
  content(page: string, signal: AbortSignal): Promise<HttpResponse>
  resource(id: string, signal: AbortSignal): Promise<HttpResponse>
}

export function createOneNoteApi(connection: Connection): OneNoteApi {
  const client = graphClient(connection, onenotePriceOf)
  const root = `${connection.endpoints.graph!.replace(/\/$/, '')}/v1.0/me/onenote`

  async function list<T>(what: string, path: string, query: string, entry: z.ZodType<T>, signal: AbortSignal): Promise<List<T>> {
    signal.throwIfAborted()
    const call = client.api(`/me/onenote/${path}?${query}`).options({ signal }).get()
    const { value, '@odata.nextLink': next } = await answerOf(what, call, schema.listOf(entry), signal)
    return { entries: value, more: next != null }
  }

  const bytes = (path: string, signal: AbortSignal): Promise<HttpResponse> => {
    signal.throwIfAborted()
    return connection.transport.send({
      method: 'GET',
      url: `${root}/${path}`,
      headers: { 'user-agent': userAgent },
      budget: 'onenote',
      expects: 'stream',
      signal,
    })
  }

  const cut = (skip: number) => `$top=${pageSize}${skip === 0 ? '' : `&$skip=${skip}`}`
  const encoded = (id: string) => encodeURIComponent(id)

  return {
    notebooks: (skip, signal) =>
      list('the list of notebooks', 'notebooks', `${cut(skip)}&$expand=${wholeTree}`, schema.notebook, signal),
    sections: (of, id, skip, signal) =>
      list('a list of sections', `${of}/${encoded(id)}/sections`, cut(skip), schema.section, signal),
    groups: (of, id, skip, signal) =>
      list(
        'a list of section groups',
        `${of}/${encoded(id)}/sectionGroups`,
        `${cut(skip)}&$expand=sections,sectionGroups(expand=sections,sectionGroups(levels=max;expand=sections))`,
        schema.group,
        signal,
      ),
    pages: (section, skip, signal) =>
      list(
        'the list of pages of a section',
        `sections/${encoded(section)}/pages`,
        `${cut(skip)}&pagelevel=true&$orderby=createdDateTime&$select=id,title,createdDateTime,lastModifiedDateTime,links,level,order`,
        schema.page,
        signal,
      ),
    async allPages(skip, signal) {
      signal.throwIfAborted()
      const answer = await connection.transport.send({
        method: 'GET',
        url: `${root}/pages?${cut(skip)}&$orderby=createdDateTime&$select=id&$expand=parentSection($select=id)`,
        headers: { 'user-agent': userAgent },
        budget: 'onenote',
        accepts: [400],
        signal,
      })
      const text = await answer.text()
      if (answer.status === 400) {
        // https://learn.microsoft.com/graph/onenote-error-codes#20266
        if (readError(text)?.codes.includes('20266') === true) return undefined
        throw new Failure('unlisted', 'OneNote refused to list the pages of all notebooks')
      }
      const parsed = schema.listOf(schema.pageInSection).safeParse(parseJson(text))
      if (!parsed.success) throw new Failure('corrupt', 'Microsoft’s answer to the list of all pages is not of the expected form')
      const entries = parsed.data.value.map(({ id, parentSection }) => ({ id, section: parentSection?.id }))
      return { entries, more: parsed.data['@odata.nextLink'] != null }
    },
    async page(id, signal) {
      signal.throwIfAborted()
      const call = client
        .api(`/me/onenote/pages/${encoded(id)}?$select=id`)
        .options({ signal })
        .get()
      await answerOf('a question about a page', call, schema.pageId, signal)
    },
    // Without this option, what was drawn by hand is silently left out: https://devblogs.microsoft.com/microsoft365dev/onenote-ink-beta-apis/
    content: (page, signal) => bytes(`pages/${encoded(page)}/content?includeinkML=true`, signal),
    resource: (id, signal) => bytes(`resources/${encoded(id)}/$value`, signal),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
