import { createHash } from 'node:crypto'

/** What all things in OneNote have. Times in milliseconds since 1970. */
interface Thing {
  readonly id: string
  created: number
  modified: number
}

export interface Notebook extends Thing {
  displayName: string
  readonly isDefault: boolean
}

export interface SectionGroup extends Thing {
  displayName: string
  /** Id of a notebook or a section group. */
  parent: string
}

export interface Section extends Thing {
  /** As links name it: `section-id`. */
  readonly guid: string
  displayName: string
  /** Id of a notebook or a section group. */
  parent: string
  /** Locked by a password, or damaged: what it holds cannot be read. */
  state: 'open' | 'locked' | 'corrupt'
}

export interface NotesPage extends Thing {
  /** As links name it: `page-id`. */
  readonly guid: string
  title: string
  /** Id of its section. */
  section: string
  /** Indentation: 0, 1 or 2. */
  level: number
  order: number
  /** HTML of the body, with `res:ID` for the address of a resource, and `link:ID` and `weblink:ID` for those of a page. */
  body: string
  /** InkML of what was drawn by hand. */
  ink?: string
  /** Listed and not there; there, and its content alone is not; or there, and the service fails at its content each time. */
  state: 'fine' | 'ghost' | 'hollow' | 'corrupt'
  /** The answer's exact bytes, instead of what the service makes of `body`. */
  raw?: Uint8Array
}

export interface Resource {
  readonly id: string
  readonly bytes: Uint8Array
  readonly type: string
  /** Old pages name the host of the time before Graph. */
  readonly host: 'graph' | 'onenote'
}

export type PageOptions = Partial<Pick<NotesPage, 'level' | 'created' | 'modified' | 'ink' | 'state' | 'raw'>>

/** What the person has in OneNote, and how that changes. Every change stands in the next answer. */
export interface NotesModel {
  /** Address of the signed-in user, for links. */
  readonly email: string
  readonly notebooks: ReadonlyMap<string, Notebook>
  readonly groups: ReadonlyMap<string, SectionGroup>
  readonly sections: ReadonlyMap<string, Section>
  readonly pages: ReadonlyMap<string, NotesPage>
  readonly resources: ReadonlyMap<string, Resource>
  /** What the service may do and its documentation does not promise the contrary of. Changed by tests at any time. */
  readonly quirks: {
    /** Whether expansions of notebooks are answered at all (else 20111). */
    expands: boolean
    /** The time of a section stays behind when a page in it changes. */
    sectionTimeLags: boolean
    /** An expansion ends at this depth of section groups: what lies deeper is not named. */
    expandDepth: number
    /** So many entries at most in an expanded list; the others are behind its `@odata.nextLink`. */
    expandMost: number
    /** So many entries of a list at most, whatever `$top` says. */
    pageLimit: number
    /** Sections above which the pages of all notebooks cannot be listed at once (20266); not documented, the real number is not known. */
    mostSections: number
    /** The pages of all notebooks include those of sections that cannot be read. */
    listsLocked: boolean
    /** The library has more than 5,000 OneNote items: nothing can be asked for (10008). */
    tooManyItems: boolean
  }
  addNotebook(
    displayName: string,
    options?: { readonly id?: string; readonly isDefault?: boolean; readonly modified?: number },
  ): Notebook
  addGroup(parent: string, displayName: string, options?: { readonly id?: string }): SectionGroup
  addSection(parent: string, displayName: string, options?: { readonly id?: string; readonly state?: Section['state'] }): Section
  /** The last of its section. */
  addPage(section: string, title: string, body: string, options?: PageOptions): NotesPage
  addResource(bytes: Uint8Array, type: string, host?: Resource['host']): string
  /** Later than all that was before, like everything that changes. */
  editPage(id: string, change: Partial<Pick<NotesPage, 'title' | 'body' | 'ink' | 'raw'>>): void
  rename(id: string, displayName: string): void
  /** A page to a section, a section or section group to a notebook or section group. The id stays. */
  move(id: string, to: string): void
  /** With all that is in it. */
  remove(id: string): void
  /** Locks, unlocks or damages a section, without a sign of it in any time. */
  setState(id: string, state: Section['state']): void
}

const firstDay = Date.parse('2021-04-05T09:00:00Z')

export function createNotesModel({ email }: { readonly email: string }): NotesModel {
  const notebooks = new Map<string, Notebook>()
  const groups = new Map<string, SectionGroup>()
  const sections = new Map<string, Section>()
  const pages = new Map<string, NotesPage>()
  const resources = new Map<string, Resource>()
  let made = 0
  let clock = firstDay
  const tick = () => (clock += 61_000)
  const guid = () => {
    const hex = createHash('sha256').update(`${email} ${++made}`).digest('hex')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
  }
  const quirks: NotesModel['quirks'] = {
    expands: true,
    sectionTimeLags: false,
    expandDepth: Number.POSITIVE_INFINITY,
    expandMost: Number.POSITIVE_INFINITY,
    pageLimit: 100,
    mostSections: 1000,
    listsLocked: false,
    tooManyItems: false,
  }
  const times = (modified = tick()) => ({ created: modified, modified })
  const touchSection = (id: string) => {
    const section = sections.get(id)
    if (section !== undefined && !quirks.sectionTimeLags) section.modified = tick()
  }
  const thing = (id: string): Notebook | SectionGroup | Section => {
    const found = notebooks.get(id) ?? groups.get(id) ?? sections.get(id)
    if (found === undefined) throw new Error(`practice OneNote: nothing has the id ${id}`)
    return found
  }
  const pageOf = (id: string): NotesPage => {
    const page = pages.get(id)
    if (page === undefined) throw new Error(`practice OneNote: no page has the id ${id}`)
    return page
  }

  function remove(id: string): void {
    const page = pages.get(id)
    if (page !== undefined) touchSection(page.section)
    for (const map of [notebooks, groups, sections, pages]) map.delete(id)
    for (const inner of [...groups.values(), ...sections.values()]) if (inner.parent === id) remove(inner.id)
    for (const inner of [...pages.values()]) if (inner.section === id) pages.delete(inner.id)
  }

  return {
    email,
    notebooks,
    groups,
    sections,
    pages,
    resources,
    quirks,
    addNotebook(displayName, { id = `1-${guid()}`, isDefault = notebooks.size === 0, modified } = {}) {
      const notebook = { id, displayName, isDefault, ...times(modified) }
      notebooks.set(id, notebook)
      return notebook
    },
    addGroup(parent, displayName, { id = `1-${guid()}` } = {}) {
      thing(parent)
      const group = { id, displayName, parent, ...times() }
      groups.set(id, group)
      return group
    },
    addSection(parent, displayName, { id, state = 'open' } = {}) {
      thing(parent)
      const own = guid()
      const section = { id: id ?? `1-${own}`, guid: own, displayName, parent, state, ...times() }
      sections.set(section.id, section)
      return section
    },
    addPage(section, title, body, options = {}) {
      if (!sections.has(section)) throw new Error(`practice OneNote: no section has the id ${section}`)
      const order = [...pages.values()].filter((page) => page.section === section).length
      const own = guid()
      const id = `1-${own.replaceAll('-', '')}!${made}-${section.slice(2)}`
      const page: NotesPage = { id, guid: own, title, section, level: 0, order, body, state: 'fine', ...times(), ...options }
      pages.set(id, page)
      touchSection(section)
      return page
    },
    addResource(bytes, type, host = 'graph') {
      const id = `1-${guid().replaceAll('-', '')}!1-${guid()}`
      resources.set(id, { id, bytes, type, host })
      return id
    },
    editPage(id, change) {
      const page = pageOf(id)
      Object.assign(page, change, { modified: tick() })
      touchSection(page.section)
    },
    rename(id, displayName) {
      const found = thing(id)
      found.displayName = displayName
      found.modified = tick()
    },
    move(id, to) {
      thing(to)
      const page = pages.get(id)
      if (page !== undefined) {
        touchSection(page.section)
        page.section = to
        touchSection(to)
      } else {
        const found = groups.get(id) ?? sections.get(id)
        if (found === undefined) throw new Error('practice OneNote: a notebook cannot be moved')
        found.parent = to
      }
    },
    remove,
    setState(id, state) {
      const section = sections.get(id)
      if (section === undefined) throw new Error(`practice OneNote: no section has the id ${id}`)
      section.state = state
    },
  }
}
