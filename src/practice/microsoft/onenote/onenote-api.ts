import { type Exchange, type Json, sendJson } from '../../serving/reply.ts'
import type { NotesModel, NotesPage } from './notes-model.ts'
import { badId, deleted, errorBody, notFound, OneNoteError, refuse } from './onenote-error.ts'
import { createLimits, type OneNoteLimits } from './onenote-limits.ts'
import { answerList, rules } from './onenote-lists.ts'
import { readQuery } from './onenote-query.ts'
import { chosen, expanded, groupFields, notebookFields, pageFields, type Showing, sectionFields } from './onenote-resources.ts'
import { pageHtml, pageMultipart } from './page-content.ts'

export interface OneNoteOptions {
  /** undefined: the account has no OneDrive, and so no OneNote. */
  readonly model: NotesModel | undefined
  /** Rights of the access token that the request carries (`Notes.Read`); undefined: none that is valid. */
  readonly scopesOf: (exchange: Exchange) => readonly string[] | undefined
  readonly now: () => number
}

export interface OneNoteApi {
  /** Answers every request below `/v1.0/me/onenote`, or to that user's own address. */
  handle(exchange: Exchange): Promise<void>
  /** Whether a path is this API's. */
  owns(pathname: string): boolean
  /** Limits are not kept until told so. */
  limit(limits: OneNoteLimits | undefined): void
}

/** Any of these lets every call pass: https://learn.microsoft.com/graph/api/section-list-pages#permissions */
const enough = ['Notes.Read', 'Notes.ReadWrite', 'Notes.Read.All', 'Notes.ReadWrite.All']
const base = /^\/v1\.0\/(?:me|users\/([^/]+)|users\('([^/]+)'\))\/onenote(?:\/(.*))?$/

/** OneNote as Graph shows it, as far as it reads. https://learn.microsoft.com/graph/api/resources/onenote-api-overview */
export function createOneNoteApi({ model, scopesOf, now }: OneNoteOptions): OneNoteApi {
  const limits = createLimits(now)

  async function answer(exchange: Exchange): Promise<void> {
    const { method, url, log } = exchange
    if (method !== 'GET') {
      exchange.violation('a request that could change something')
      throw refuse(405, '20100', 'The method is not allowed.')
    }
    const scopes = scopesOf(exchange)
    if (scopes === undefined) throw refuse(401, 'InvalidAuthenticationToken', 'Access token is missing or invalid.')
    if (!enough.some((scope) => scopes.includes(scope)))
      throw refuse(403, '40004', 'The request does not contain a valid OAuth scope.')
    const leave = limits.enter()
    try {
      if (model === undefined) throw refuse(403, '30108', "The user's OneDrive for Business could not be retrieved.")
      const [, plain, quoted, rest = ''] = base.exec(url.pathname) ?? []
      const user = decodeURIComponent(plain ?? quoted ?? model.email)
      if (user !== model.email) throw notFound()
      log.call = `onenote.${rest.replace(/[^/]*[!-][^/]*/g, '{id}')}`
      const graphRoot = `${url.origin}/v1.0`
      const showing: Showing = { model, graphRoot }
      const [kind = '', id, what, further] = rest.split('/').map((part) => decodeURIComponent(part))
      if (kind === 'resources' && id !== undefined && ['$value', 'content'].includes(what ?? ''))
        return await sendResource(exchange, model, id)
      if (model.quirks.tooManyItems) {
        throw refuse(
          403,
          '10008',
          'One or more of the document libraries on the user or group’s OneDrive contains more than 5000 OneNote items and cannot be queried using the API.',
        )
      }
      if (kind === 'pages' && id !== undefined && ['content', '$value'].includes(what ?? ''))
        return await sendContent(exchange, pageOf(model, id), showing)
      if (further !== undefined) throw noSuchPath()
      await sendJson(exchange, 200, entities(exchange, showing, kind, id, what))
    } finally {
      leave()
    }
  }

  return {
    owns: (pathname) => base.test(pathname),
    limit: limits.set,
    async handle(exchange) {
      try {
        await answer(exchange)
      } catch (error) {
        if (!(error instanceof OneNoteError)) throw error
        const headers: Record<string, string> = error.status === 401 ? { 'WWW-Authenticate': 'Bearer realm=""' } : {}
        await sendJson(exchange, error.status, errorBody(error, now()), headers)
      }
    },
  }
}

const noSuchPath = () => refuse(404, '20130', 'The request URI does not point to an existing resource.')

function entities({ url }: Exchange, showing: Showing, kind: string, id: string | undefined, what: string | undefined): Json {
  const { model } = showing
  const parameters = url.searchParams
  const here = `${url.origin}${url.pathname}`
  const most = model.quirks.pageLimit
  const byName = { property: 'displayName', descending: false }
  const inner = (parent: string | undefined) => ({
    sections: () =>
      answerList({
        parameters,
        rules: rules.sections,
        order: byName,
        usual: 20,
        most,
        url: here,
        all: () =>
          [...model.sections.values()]
            .filter((one) => parent === undefined || one.parent === parent)
            .map((one) => sectionFields(showing, one)),
      }),
    sectionGroups: () =>
      answerList({
        parameters,
        rules: rules.sectionGroups,
        order: byName,
        usual: 20,
        most,
        url: here,
        all: () =>
          [...model.groups.values()]
            .filter((one) => parent === undefined || one.parent === parent)
            .map((one) => groupFields(showing, one)),
        expand: ({ id: group }, { expand }) => expanded(showing, String(group), expand, `${here}/${group}`),
      }),
  })
  const pages = (section: string | undefined) =>
    answerList({
      parameters,
      rules: { ...rules.pages, pagelevel: section !== undefined },
      order: { property: 'lastModifiedDateTime', descending: true },
      usual: 20,
      most,
      url: here,
      all: ({ pagelevel }) =>
        [...model.pages.values()]
          .filter((page) => page.section === (section ?? page.section))
          .filter(
            (page) => section !== undefined || model.quirks.listsLocked || model.sections.get(page.section)?.state === 'open',
          )
          .map((page) => pageFields(showing, page, pagelevel)),
      expand: ({ id: page }, { select, expand }) => {
        const asked = expand.find(({ name }) => name === 'parentSection')
        const parent = model.sections.get(model.pages.get(String(page))?.section ?? '')
        if (parent === undefined || (asked === undefined && select !== undefined)) return {}
        return { parentSection: chosen(sectionFields(showing, parent), asked?.select ?? ['id', 'displayName', 'self']) }
      },
    })

  if (kind === 'notebooks' && id === undefined) {
    if (!model.quirks.expands && /expand=/.test(url.search)) throw refuse(400, '20111', 'The OData feature is not supported.')
    return answerList({
      parameters,
      rules: rules.notebooks,
      order: byName,
      usual: undefined,
      most,
      url: here,
      all: () => [...model.notebooks.values()].map((one) => notebookFields(showing, one)),
      expand: ({ id: notebook }, { expand }) => expanded(showing, String(notebook), expand, `${here}/${notebook}`),
    })
  }
  if ((kind === 'sections' || kind === 'sectionGroups') && id === undefined) return inner(undefined)[kind]()
  if (kind === 'pages' && id === undefined) {
    if (model.sections.size > model.quirks.mostSections)
      throw refuse(400, '20266', 'The number of maximum sections is exceeded for this request.')
    return pages(undefined)
  }
  const map = kind === 'notebooks' ? model.notebooks : kind === 'sectionGroups' ? model.groups : undefined
  if (map !== undefined && id !== undefined) {
    if (!map.has(id)) throw unknownId(id)
    if (what === 'sections' || what === 'sectionGroups') return inner(id)[what]()
    const [fields, allowed] = model.notebooks.has(id)
      ? [notebookFields(showing, model.notebooks.get(id)!), rules.notebooks]
      : [groupFields(showing, model.groups.get(id)!), rules.sectionGroups]
    if (what !== undefined) throw noSuchPath()
    return { ...fields, ...expanded(showing, id, readQuery(parameters, allowed).expand, here) }
  }
  if (kind === 'sections' && id !== undefined) {
    const section = model.sections.get(id)
    if (section === undefined) throw unknownId(id)
    if (what === undefined) return sectionFields(showing, section)
    if (what !== 'pages') throw noSuchPath()
    if (section.state === 'locked') throw locked()
    // The page of codes names it for creating a page alone; what it is when reading is not documented.
    if (section.state === 'corrupt') throw refuse(500, '10006', 'The section is corrupt.')
    return pages(id)
  }
  if (kind === 'pages' && id !== undefined && what === undefined) {
    const { pagelevel } = readQuery(parameters, { ...rules.pages, pagelevel: true })
    return pageFields(showing, pageOf(model, id), pagelevel)
  }
  throw noSuchPath()
}

/** Not documented: as https://github.com/TriliumNext/Trilium/pull/10666 met it. */
const locked = () => refuse(403, '20185', 'Encrypted sections are not accessible.')

const unknownId = (id: string) => (/^[01]-[\w!-]+$/.test(id) ? notFound() : badId())

function pageOf(model: NotesModel, id: string): NotesPage {
  const page = model.pages.get(id)
  if (page === undefined) throw unknownId(id)
  if (page.state === 'ghost') throw deleted()
  return page
}

/** https://learn.microsoft.com/graph/api/page-get#getting-page-content; other options are refused. */
async function sendContent(exchange: Exchange, page: NotesPage, { model, graphRoot }: Showing): Promise<void> {
  const { searchParams } = exchange.url
  for (const [name, value] of searchParams) {
    if (!/^(?:includeIDs|includeinkML|preAuthenticated)$/i.test(name) || !['true', 'false'].includes(value))
      throw refuse(400, '20108', `The query parameter '${name}' is not supported.`)
    if (/^preAuthenticated$/i.test(name)) exchange.violation('asked for addresses that anyone can read')
  }
  if (model.sections.get(page.section)?.state === 'locked') throw locked()
  if (page.state === 'hollow') throw notFound()
  if (page.state === 'corrupt') throw refuse(500, '10001', 'An unexpected error occurred and the request failed.')
  const html = pageHtml(model, page, graphRoot)
  const wantsInk = [...searchParams].some(([name, value]) => /^includeinkML$/i.test(name) && value === 'true')
  const { type, body } = wantsInk ? pageMultipart(html, page.ink) : { type: 'text/html', body: html }
  await sendBytes(exchange, type, body)
}

/** https://learn.microsoft.com/graph/api/resource-get. There is no list of resources. */
async function sendResource(exchange: Exchange, model: NotesModel, id: string): Promise<void> {
  const resource = model.resources.get(id)
  if (resource === undefined) throw unknownId(id)
  await sendBytes(exchange, 'application/octet-stream', resource.bytes)
}

async function sendBytes({ outlet }: Exchange, type: string, bytes: Uint8Array): Promise<void> {
  outlet.head(200, { 'Content-Type': type, 'Content-Length': bytes.byteLength })
  for (let at = 0; at < bytes.byteLength; at += 65_536) if (!(await outlet.write(bytes.subarray(at, at + 65_536)))) return
  await outlet.end()
}
