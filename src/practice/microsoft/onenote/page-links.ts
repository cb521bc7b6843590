import type { NotesModel, NotesPage, Section } from './notes-model.ts'

/** Addresses in the two forms that OneNote's own "Copy link" gives, both with the GUIDs of section and page. Not documented: as seen in links that people publish. */
const drive = (email: string) =>
  `https://example-my.sharepoint.com/personal/${email.replace(/[^a-z0-9]/gi, '_')}/Documents/Notebooks`

function pathOf(model: NotesModel, id: string): string[] {
  const here = model.sections.get(id) ?? model.groups.get(id)
  if (here !== undefined) return [...pathOf(model, here.parent), here.displayName]
  const notebook = model.notebooks.get(id)
  return notebook === undefined ? [] : [notebook.displayName]
}

const encoded = (path: readonly string[]) => path.map((name) => encodeURIComponent(name)).join('/')
const braced = (guid: string) => `{${guid.toUpperCase()}}`

export const containerLink = (model: NotesModel, id: string) => `${drive(model.email)}/${encoded(pathOf(model, id))}`

export function sectionLink(model: NotesModel, section: Section): string {
  return `onenote:${containerLink(model, section.id)}.one#section-id=${braced(section.guid)}&end`
}

export function clientLink(model: NotesModel, page: NotesPage): string {
  const section = model.sections.get(page.section)
  const guid = section?.guid ?? ''
  return `onenote:${containerLink(model, page.section)}.one#${encodeURIComponent(page.title)}&section-id=${braced(guid)}&page-id=${braced(page.guid)}&end`
}

export function webLink(model: NotesModel, page: NotesPage): string {
  const section = model.sections.get(page.section)
  const name = (text: string) => text.replace(/[()|/\\]/g, (character) => `\\${character}`)
  const target = `target(${name(section?.displayName ?? '')}.one|${section?.guid ?? ''}/${name(page.title)}|${page.guid}/)`
  const notebook = pathOf(model, page.section)[0] ?? ''
  return `${drive(model.email)}/_layouts/OneNote.aspx?id=${encodeURIComponent(`/Notebooks/${notebook}`)}&wd=${encodeURIComponent(target).replace(/[()]/g, (one) => `%${one.charCodeAt(0).toString(16)}`)}`
}
