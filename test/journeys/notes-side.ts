import { createHash } from 'node:crypto'
import { generated } from '../../src/practice/content/generated.ts'
import { png } from '../../src/practice/content/picture.ts'
import { createNotesModel, type NotesModel, type NotesPage } from '../../src/practice/microsoft/onenote/notes-model.ts'
import { pageHtml, pageMultipart } from '../../src/practice/microsoft/onenote/page-content.ts'
import { attachment, inkOf, picture } from '../../src/practice/microsoft/onenote/page-elements.ts'
import type { Derived } from './archive-check.ts'
import { type NotesLedger, notesDerived } from './notes-derived.ts'
import { below, pick, type Random } from './random.ts'

/** The OneNote of an account in a crash test. */
export interface NotesSide {
  readonly model: NotesModel
  readonly derived: Derived
  /** Graph's root, with a slash at the end. */
  served(graph: string): void
  change(): void
  rearrange(): void
  /** Writes down how everything is now. */
  note(): void
  folders(): string[]
  fetched(): ReadonlyMap<string, number>
}

/** What a page of these tests says of itself; no two versions of any page say the same. */
export const markerOf = (page: NotesPage): string => /MARK\d+KRAM/.exec(page.body)?.[0] ?? ''

export function createNotesSide(random: Random, email: string, seed: number): NotesSide {
  const model = createNotesModel({ email })
  // So that sections have several pages of a list.
  model.quirks.pageLimit = 7
  let graphRoot = ''
  let count = 0
  const pages: string[] = []
  const { id: notebook } = model.addNotebook('Studies')
  const { id: group } = model.addGroup(notebook, 'Spring')
  const sections = [
    model.addSection(notebook, 'Lectures').id,
    model.addSection(group, 'Exercises').id,
    model.addSection(group, 'Seminar').id,
  ]
  const bodyOf = (large = 0) => {
    const number = ++count
    const link = pages.length === 0 ? '' : `<p><a href="link:${pick(random, pages)}">another page</a></p>`
    const shown = random() < 0.6 ? picture(model, png(20 + (number % 30), 20, seed + number), 'image/png') : ''
    const size = large === 0 ? 500 + number : large
    const attached =
      large > 0 || random() < 0.4
        ? attachment(
            model,
            `notes ${number}.bin`,
            Buffer.from(generated(size, seed * 7 + number).bytes()),
            'application/octet-stream',
          )
        : ''
    return `<p>MARK${seed}${String(number).padStart(5, '0')}KRAM</p>${link}${shown}<p>${attached}</p>`
  }
  const ink = () =>
    inkOf([
      [
        [1000, 3000],
        [1500 + ++count, 2500],
      ],
    ])
  const add = () => {
    const drawn = random() < 0.2
    pages.push(model.addPage(pick(random, sections), `Page ${++count}`, bodyOf(), drawn ? { ink: ink() } : {}).id)
  }
  for (let n = 0; n < 24; n++) add()
  pages.push(model.addPage(sections[0]!, `Page ${++count}`, bodyOf(3 * 1024 * 1024)).id)

  const ledger: NotesLedger = { delivered: new Set(), markers: new Set(), inks: new Set() }
  const rearrange = () => {
    model.rename(pick(random, sections), `Section ${++count}`)
    if (random() < 0.5) model.rename(group, `Group ${++count}`)
    model.move(pick(random, pages), pick(random, sections))
  }
  return {
    model,
    derived: notesDerived(model, ledger, () => graphRoot),
    served(graph) {
      graphRoot = `${graph}v1.0`
    },
    rearrange,
    change() {
      rearrange()
      for (let n = 0; n < 3; n++) model.editPage(pick(random, pages), { body: bodyOf() })
      model.editPage(pick(random, pages), { title: `Page ${++count}` })
      const drawn = pages.find((id) => model.pages.get(id)?.ink !== undefined)
      if (drawn !== undefined) model.editPage(drawn, { ink: ink() })
      for (let n = 0; n < 2; n++) add()
      model.remove(pages.splice(below(random, pages.length), 1)[0]!)
    },
    note() {
      for (const page of model.pages.values()) {
        ledger.delivered.add(deliveredDigest(pageHtml(model, page, graphRoot)))
        ledger.markers.add(markerOf(page))
        if (page.ink !== undefined) ledger.inks.add(page.ink)
      }
    },
    folders: () => [
      'data/microsoft/onenote',
      ...[...model.notebooks.keys(), ...model.groups.keys(), ...model.sections.keys()].map((id) => notesPlace(model, id)),
    ],
    fetched: () =>
      new Map([
        ...[...model.pages.values()].map(
          (page) =>
            [
              `microsoft/onenote pages/${page.id}`,
              pageMultipart(pageHtml(model, page, graphRoot), page.ink).body.length,
            ] as const,
        ),
        ...[...model.resources.values()].map(({ id, bytes }) => [`microsoft/onenote resources/${id}`, bytes.length] as const),
      ]),
  }
}

/** Where the contract says that a notebook, a group or a section stands. */
export function notesPlace(model: NotesModel, id: string): string {
  const notebook = model.notebooks.get(id)
  if (notebook !== undefined) return `data/microsoft/onenote/${notebook.displayName}`
  const inner = model.sections.get(id) ?? model.groups.get(id)!
  return `${notesPlace(model, inner.parent)}/${inner.displayName}`
}

/** Of a page as delivered: the query of a resource's address differs from one answer to the next, and links change when what they lead to is moved. */
export function deliveredDigest(html: Uint8Array): string {
  const text = Buffer.from(html)
    .toString()
    .replace(/\?session=[0-9a-f]{12}/g, '')
    .replace(/href="(onenote:|about:blank)[^"]*"/g, '')
  return createHash('sha256').update(text).digest('hex')
}
