import { movie } from '../../src/practice/content/movie.ts'
import { png } from '../../src/practice/content/picture.ts'
import { ranged } from '../../src/practice/content/ranged.ts'
import { webvtt } from '../../src/practice/content/webvtt.ts'
import { createOneDriveModel } from '../../src/practice/microsoft/drive/model.ts'
import { createNotesModel } from '../../src/practice/microsoft/onenote/notes-model.ts'
import { picture } from '../../src/practice/microsoft/onenote/page-elements.ts'
import { createRecordingsModel } from '../../src/practice/zoom/model.ts'

const day = 86_400_000

/** A OneDrive with a folder of 20 files and one deeper, and a OneNote with two sections of three pages. */
export function smallMicrosoft() {
  const model = createOneDriveModel()
  const folder = model.addFolder('Papers')
  const inner = model.addFolder('Old', { parent: folder.id })
  const files = Array.from({ length: 20 }, (_, n) =>
    model.addFile(`paper ${n + 1}.txt`, `Paper number ${n + 1}\n`, { parent: n % 2 === 0 ? folder.id : inner.id }),
  )
  const notes = createNotesModel({ email: model.account.username })
  const { id: notebook } = notes.addNotebook('Studies')
  const sections = ['Spring', 'Autumn'].map((name) => notes.addSection(notebook, name))
  const pages = sections.flatMap(({ id }) =>
    [1, 2, 3].map((n) =>
      notes.addPage(
        id,
        `Page ${n}`,
        `<p>Words of ${n}</p>${n === 1 ? picture(notes, png(20, 20, notes.pages.size), 'image/png') : ''}`,
      ),
    ),
  )
  return { model, notes, folder, inner, files, sections, pages }
}

/** Four lectures with a film and a transcript each, all of the last weeks, the first of them the oldest. */
export function smallZoom() {
  const model = createRecordingsModel({ createdAt: Date.now() - 45 * day })
  const meetings = [40, 30, 20, 10].map((ago, index) => {
    const meeting = model.addMeeting(`Lecture ${index + 1}`, { start: Date.now() - ago * day })
    model.addFile(meeting, 'gallery', movie({ kind: 'video', seconds: 60, mediaBytes: 20_000 + index, seed: index + 1 }))
    model.addFile(meeting, 'transcript', ranged(Buffer.from(webvtt([{ from: 0, to: 900, text: `Words ${index}` }]))))
    return meeting
  })
  // Of a year that is asked for in part, nothing would ever count as gone.
  return { model, meetings, from: `${new Date(Date.now() - 45 * day).getUTCFullYear()}-01-01` }
}
