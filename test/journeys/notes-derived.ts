import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { NotesModel, NotesPage } from '../../src/practice/microsoft/onenote/notes-model.ts'
import { pageHtml } from '../../src/practice/microsoft/onenote/page-content.ts'
import { type Derived, metadataOf, storedFiles } from './archive-check.ts'
import { deliveredDigest, markerOf, notesPlace } from './notes-side.ts'

/** Everything that a OneNote ever was, of which nothing else may be saved. */
export interface NotesLedger {
  readonly delivered: Set<string>
  readonly markers: Set<string>
  readonly inks: Set<string>
}

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/**
 * Files of OneNote, held against what the model says they must be: what is delivered byte for byte (but for what differs from one answer to the next),
 * pictures, attachments and ink byte for byte, and the page that opens offline by its text and by the files that it shows.
 */
export function notesDerived(model: NotesModel, ledger: NotesLedger, graphRoot: () => string): Derived {
  return {
    is: (file) => file.startsWith('data/microsoft/onenote/'),
    wrongNow: (file, bytes) => torn(file, bytes, model, ledger),
    differences(archive) {
      const stored = storedFiles(archive)
      const lines = new Map(metadataOf(archive, 'microsoft/onenote').map((line) => [line.id, line]))
      const accounted = new Set(['data/microsoft/onenote/Contents.html'])
      const wrong: string[] = []
      for (const line of lines.values())
        if (line.goneAtSource !== undefined || line.state === 'gone') for (const { path } of line.files) accounted.add(path)
      for (const page of model.pages.values()) {
        const saved = (lines.get(page.id)?.files ?? []).filter(({ sha256 }) => sha256 !== undefined)
        // What an earlier version of the page showed stays, and is not its own any more.
        for (const file of saved) accounted.add(file.path)
        const files = saved.filter(({ current }) => current !== false).map((file) => file.path)
        const folder = notesPlace(model, page.section)
        for (const what of ofPage(page, folder, files, archive)) wrong.push(`${folder}/${page.title}: ${what}`)
        const there = stored.get(`${folder}/${page.title}.html`)
        if (there !== undefined && there.modified !== page.modified)
          wrong.push(`${there.path} has the time ${there.modified}, not ${page.modified}`)
      }
      for (const file of stored.keys())
        if (file.startsWith('data/microsoft/onenote/') && !accounted.has(file)) wrong.push(`${file} belongs to no page`)
      return [...wrong, ...ofContents(archive)]
    },
  }

  function* ofPage(page: NotesPage, folder: string, files: readonly string[], archive: string): Generator<string> {
    const read = (file: string) =>
      existsSync(path.join(archive, file)) ? readFileSync(path.join(archive, file)) : Buffer.alloc(0)
    const [offline, delivered] = [
      files.find((file) => file === `${folder}/${page.title}.html`),
      files.find((file) => file.endsWith('as delivered.html')),
    ]
    if (offline === undefined || delivered === undefined) return yield `is not there: ${files.join(', ') || 'no file'}`
    if (deliveredDigest(read(delivered)) !== deliveredDigest(pageHtml(model, page, graphRoot()))) yield 'is delivered otherwise'
    const text = read(offline).toString()
    if (!text.includes(markerOf(page))) yield 'has not the words of today'
    const beside = files.filter((file) => !file.endsWith('.html'))
    const shown = [...text.matchAll(/(?:src|href)="([^"#:]+)"/g)].map(([, name = '']) => `${folder}/${decodeURIComponent(name)}`)
    for (const file of beside) if (!shown.includes(file)) yield `${file} is not shown`
    for (const file of shown) if (!beside.includes(file)) yield `shows ${file}, which is not there`
    const resources = [...new Set([...page.body.matchAll(/"res:([^"]+)"/g)].map(([, id = '']) => id))]
    const must = [
      ...resources.map((id) => digest(model.resources.get(id)!.bytes)),
      ...(page.ink === undefined ? [] : [digest(Buffer.from(page.ink))]),
    ]
    const has = beside.filter((file) => !file.endsWith('ink.svg')).map((file) => digest(read(file)))
    if (must.toSorted().join() !== has.toSorted().join())
      yield `has ${has.length} files of other content than the ${must.length} of the page`
    if (page.ink !== undefined && !beside.some((file) => file.endsWith('ink.svg'))) yield 'lacks its ink as a picture'
  }

  function ofContents(archive: string): string[] {
    const file = path.join(archive, 'data/microsoft/onenote/Contents.html')
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    return [...model.pages.values()].flatMap((page) => {
      const href = `${notesPlace(model, page.section)}/${page.title}.html`.slice('data/microsoft/onenote/'.length)
      const line = text.split('\n').find((one) => one.includes(`page-${page.guid}`))
      return line?.includes(`href="${href.split('/').map(encodeURIComponent).join('/')}"`) === true
        ? []
        : [`Contents.html does not lead to ${href}`]
    })
  }
}

/** What is wrong with a file at whatever moment. */
function torn(file: string, bytes: Buffer, model: NotesModel, ledger: NotesLedger): string | undefined {
  const text = () => bytes.toString()
  if (file.endsWith('/Contents.html')) return text().trimEnd().endsWith('</html>') ? undefined : 'not whole'
  if (file.endsWith(' as delivered.html')) return ledger.delivered.has(deliveredDigest(bytes)) ? undefined : 'was never delivered'
  if (file.endsWith('.html')) {
    if (!text().trimEnd().endsWith('</html>')) return 'not whole'
    return ledger.markers.has(/MARK\d+KRAM/.exec(text())?.[0] ?? '') ? undefined : 'holds no page that ever was'
  }
  if (file.endsWith('ink.svg')) return /<\/svg>\s*$/.test(text()) ? undefined : 'not whole'
  if (file.endsWith('ink.inkml')) return ledger.inks.has(text()) ? undefined : 'was never drawn'
  const sha256 = digest(bytes)
  return [...model.resources.values()].some((one) => digest(one.bytes) === sha256) ? undefined : 'was never in any page'
}
