import { docx, pptx, xlsx } from '../../content/office.ts'
import { pdf } from '../../content/pdf.ts'
import { jpeg, png, svg } from '../../content/picture.ts'
import { prose, text } from '../../content/text.ts'
import { zip } from '../../content/zip.ts'
import type { Content } from './content.ts'
import type { OneDriveItem } from './items.ts'
import { types } from './media-types.ts'
import { addOddFiles, type OddFiles } from './odd-files.ts'
import { addOddNames } from './odd-names.ts'
import type { OneDriveModel } from './one-drive-model.ts'
import { addShared, type SharedThings } from './shared-things.ts'

/** Ids of what tests and the practice journey come back to. */
export interface PracticeOneDrive extends OddFiles, SharedThings {
  readonly documents: string
  readonly courses: string
  readonly thesis: string
  readonly photos: string
  readonly bigVideo: string
  readonly empty: string
}

const at = (day: string) => ({ created: Date.parse(`${day}T08:30:00Z`), modified: Date.parse(`${day}T14:05:09Z`) })
const bigBytes = 24 * 1024 * 1024

/** Fills a OneDrive as a student might have it at the end of her time: courses, a thesis, photos, what others shared, and every oddity. */
export function fillPracticeOneDrive(model: OneDriveModel): PracticeOneDrive {
  const studies = addStudies(model)
  const media = addMedia(model)
  const odd = addOddFiles(model)
  addOddNames(model)
  return { ...studies, ...media, ...odd, ...addShared(model, studies.courses) }
}

function addStudies(model: OneDriveModel) {
  const documents = model.addFolder('Documents', { ...at('2021-09-01'), specialFolder: 'documents' })
  const folder = (name: string, parent: OneDriveItem, day: string) => model.addFolder(name, { parent: parent.id, ...at(day) })
  const file = (name: string, mimeType: string, content: Content, parent: OneDriveItem, day: string) =>
    model.addFile(name, content, { mimeType, parent: parent.id, ...at(day) })
  const courses = folder('Courses', documents, '2022-04-06')
  const mathematics = folder('Mathematics', courses, '2022-04-08')
  const literature = folder('日本文学', courses, '2023-04-07')
  const physics = folder('Physics', courses, '2022-10-03')
  folder('Nothing here yet', courses, '2024-09-01')
  file('exercise sheet 1.pdf', 'application/pdf', pdf(['Exercise sheet 1', ...prose(3)]), mathematics, '2022-04-15')
  file('exercise sheet 2.pdf', 'application/pdf', pdf(['Exercise sheet 2', ...prose(4)]), mathematics, '2022-04-22')
  const empty = file('empty.txt', 'text/plain', new Uint8Array(), mathematics, '2022-05-01')
  file('report.docx', types.docx, docx(['Report', ...prose(5)]), physics, '2022-11-20')
  file(
    'measurements.xlsx',
    types.xlsx,
    xlsx([
      ['t', 's'],
      ['0', '0'],
      ['1', '4.9'],
      ['2', '19.6'],
    ]),
    physics,
    '2022-11-12',
  )
  file('measurements.csv', 'text/csv', Buffer.from('t,s\n0,0\n1,4.9\n2,19.6\n'), physics, '2022-11-12')
  file('Seminar talk.pptx', types.pptx, pptx(['Falling bodies', 'What Galileo saw', 'What we measured']), physics, '2024-12-02')
  for (const name of ['english', 'japanese', 'arabic', 'greek', 'hindi', 'emoji'] as const) {
    file(`${name}.txt`, 'text/plain', text(name), literature, '2023-05-20')
  }
  const thesisFolder = folder('Thesis', documents, '2024-04-01')
  const thesis = file('thesis.docx', types.docx, docx(['The lamp in the reading room', ...prose(40)]), thesisFolder, '2025-01-30')
  file('thesis.pdf', 'application/pdf', pdf(['The lamp in the reading room', ...prose(40)]), thesisFolder, '2025-01-31')
  file('figure.svg', 'image/svg+xml', svg('A lamp'), thesisFolder, '2024-12-24')
  file(
    'data.zip',
    'application/zip',
    zip([
      { name: 'runs/1.csv', content: '1,2\n' },
      { name: 'runs/2.csv', content: '3,4\n' },
    ]),
    thesisFolder,
    '2024-10-10',
  )
  file(
    'Library catalogue.url',
    'application/octet-stream',
    Buffer.from('[InternetShortcut]\r\nURL=https://library.example/\r\n'),
    documents,
    '2023-02-02',
  )
  return { documents: documents.id, courses: courses.id, thesis: thesis.id, empty: empty.id }
}

function addMedia(model: OneDriveModel) {
  const photos = model.addFolder('Pictures', { ...at('2022-04-01'), specialFolder: 'photos' })
  const add = (name: string, mimeType: string, content: Content, day: string) =>
    model.addFile(name, content, { mimeType, parent: photos.id, ...at(day) })
  for (let number = 1; number <= 12; number += 1) {
    const name = `IMG_${String(number).padStart(4, '0')}`
    add(`${name}.jpg`, 'image/jpeg', jpeg(64 + number, 48, number), `2023-08-${String(number).padStart(2, '0')}`)
  }
  add('Campus map.png', 'image/png', png(120, 90, 7), '2022-04-02')
  // Given by their size and a seed, so that they cost no memory.
  const bigVideo = add('graduation.mp4', 'video/mp4', { size: bigBytes, seed: 61 }, '2025-03-20')
  add('concert.wav', 'audio/wav', { size: bigBytes + 1, seed: 62 }, '2024-11-03')
  add('festival.mov', 'video/quicktime', { size: bigBytes - 4097, seed: 63 }, '2023-11-03')
  return { photos: photos.id, bigVideo: bigVideo.id }
}
