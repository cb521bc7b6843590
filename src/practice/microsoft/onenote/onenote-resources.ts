import type { Json } from '../../serving/reply.ts'
import type { Notebook, NotesModel, NotesPage, Section, SectionGroup } from './notes-model.ts'
import type { Expansion } from './onenote-query.ts'
import { clientLink, containerLink, sectionLink, webLink } from './page-links.ts'

type Fields = Record<string, Json>

const time = (at: number) => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
const links = (client: string, web: string): Json => ({ oneNoteClientUrl: { href: client }, oneNoteWebUrl: { href: web } })

/** What an answer is made from. */
export interface Showing {
  readonly model: NotesModel
  /** `https://graph.microsoft.com/v1.0`, or what stands for it. */
  readonly graphRoot: string
}

const urlOf = ({ model, graphRoot }: Showing) => `${graphRoot}/users/${encodeURIComponent(model.email)}/onenote`

const identity = (model: NotesModel): Json => ({ user: { id: '11111111-2222-4333-8444-555555555555', displayName: model.email } })

/** https://learn.microsoft.com/graph/api/resources/notebook */
export function notebookFields(showing: Showing, notebook: Notebook): Fields {
  const { model } = showing
  const self = `${urlOf(showing)}/notebooks/${notebook.id}`
  const address = containerLink(model, notebook.id)
  return {
    id: notebook.id,
    self,
    createdDateTime: time(notebook.created),
    displayName: notebook.displayName,
    lastModifiedDateTime: time(notebook.modified),
    isDefault: notebook.isDefault,
    userRole: 'Owner',
    isShared: false,
    sectionsUrl: `${self}/sections`,
    sectionGroupsUrl: `${self}/sectionGroups`,
    createdBy: identity(model),
    lastModifiedBy: identity(model),
    links: links(`onenote:${address}`, address),
  }
}

/** https://learn.microsoft.com/graph/api/resources/sectiongroup */
export function groupFields(showing: Showing, group: SectionGroup): Fields {
  const self = `${urlOf(showing)}/sectionGroups/${group.id}`
  return {
    id: group.id,
    self,
    createdDateTime: time(group.created),
    displayName: group.displayName,
    lastModifiedDateTime: time(group.modified),
    sectionsUrl: `${self}/sections`,
    sectionGroupsUrl: `${self}/sectionGroups`,
    createdBy: identity(showing.model),
    lastModifiedBy: identity(showing.model),
  }
}

/** https://learn.microsoft.com/graph/api/resources/section */
export function sectionFields(showing: Showing, section: Section): Fields {
  const { model } = showing
  const self = `${urlOf(showing)}/sections/${section.id}`
  return {
    id: section.id,
    self,
    createdDateTime: time(section.created),
    displayName: section.displayName,
    lastModifiedDateTime: time(section.modified),
    isDefault: false,
    pagesUrl: `${self}/pages`,
    createdBy: identity(model),
    lastModifiedBy: identity(model),
    links: links(sectionLink(model, section), containerLink(model, section.id)),
  }
}

/** https://learn.microsoft.com/graph/api/resources/page. `level` and `order` only with `pagelevel=true`. */
export function pageFields(showing: Showing, page: NotesPage, pagelevel: boolean): Fields {
  const { model } = showing
  const self = `${urlOf(showing)}/pages/${page.id}`
  return {
    id: page.id,
    self,
    createdDateTime: time(page.created),
    title: page.title,
    createdByAppId: '',
    contentUrl: `${self}/content`,
    lastModifiedDateTime: time(page.modified),
    links: links(clientLink(model, page), webLink(model, page)),
    userTags: [],
    ...(pagelevel ? { level: page.level, order: page.order } : {}),
  }
}

/** The inner lists of a notebook or section group that an expansion asks for, by name. */
export function expanded(showing: Showing, id: string, expand: readonly Expansion[], url: string, depth = 0): Fields {
  const { model } = showing
  const result: Fields = {}
  for (const one of expand) {
    if (one.name === 'sections') {
      const all = [...model.sections.values()].filter(({ parent }) => parent === id)
      Object.assign(
        result,
        list(showing, 'sections', url, all, (section) => chosen(sectionFields(showing, section), one.select)),
      )
    } else if (one.name === 'sectionGroups' && depth < model.quirks.expandDepth) {
      const all = [...model.groups.values()].filter(({ parent }) => parent === id)
      const deeper = one.levels > 1 ? [...one.expand, { ...one, levels: one.levels - 1 }] : one.expand
      Object.assign(
        result,
        list(showing, 'sectionGroups', url, all, (group) => {
          const self = `${urlOf(showing)}/sectionGroups/${group.id}`
          return { ...chosen(groupFields(showing, group), one.select), ...expanded(showing, group.id, deeper, self, depth + 1) }
        }),
      )
    }
  }
  return result
}

function list<T extends { readonly displayName: string }>(
  { model }: Showing,
  name: string,
  url: string,
  all: readonly T[],
  show: (one: T) => Fields,
): Fields {
  const most = model.quirks.expandMost
  const sorted = all.toSorted((a, b) => (a.displayName < b.displayName ? -1 : 1))
  return {
    [name]: sorted.slice(0, most).map(show),
    ...(all.length > most ? { [`${name}@odata.nextLink`]: `${url}/${name}?$skip=${most}` } : {}),
  }
}

export function chosen(fields: Fields, select: readonly string[] | undefined): Fields {
  return select === undefined ? fields : Object.fromEntries(Object.entries(fields).filter(([name]) => select.includes(name)))
}
