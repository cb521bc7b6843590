import { generated } from '../content/generated.ts'
import { docx, pptx, xlsx } from '../content/office.ts'
import { pdf } from '../content/pdf.ts'
import { jpeg, png, svg } from '../content/picture.ts'
import { prose, text } from '../content/text.ts'
import { zip } from '../content/zip.ts'
import type { Content } from './content.ts'
import type { DriveModel } from './drive-model.ts'
import type { DriveItem } from './items.ts'
import { addOddNames } from './odd-names.ts'
import { addOthersThings } from './others.ts'

const megabyte = 1024 * 1024
const office = 'application/vnd.openxmlformats-officedocument.'
export const docxType = `${office}wordprocessingml.document`
const xlsxType = `${office}spreadsheetml.sheet`
const pptxType = `${office}presentationml.presentation`

/** Ids of what tests and the practice journey come back to. */
export interface PracticeDrive {
  readonly essay: string
  readonly hugeDocument: string
  readonly courses: string
  readonly photos: string
  readonly bigVideo: string
  readonly form: string
  readonly sharedFolder: string
  readonly sharedDrive: string
  readonly computer: string
  readonly orphan: string
  readonly forbidden: string
  readonly abusive: string
  readonly danglingShortcut: string
  readonly trashedFile: string
}

const at = (day: string) => ({ createdTime: Date.parse(`${day}T08:30:00Z`), modifiedTime: Date.parse(`${day}T14:05:09.120Z`) })

/**
 * Fills a Drive as a student might have it at the end of her time: courses, photos, a thesis, things that others shared, and every
 * oddity that a backup meets sooner or later.
 */
export function fillPracticeDrive(model: DriveModel): PracticeDrive {
  const { courses, essay, hugeDocument } = addStudies(model)
  const { photos, bigVideo } = addMedia(model)
  const form = addUnexportable(model)
  const { danglingShortcut } = addShortcuts(model, courses)
  const places = addPlaces(model)
  addOddNames(model)
  const others = addOthersThings(model)
  return {
    courses: courses.id,
    essay: essay.id,
    hugeDocument: hugeDocument.id,
    photos,
    bigVideo,
    form,
    danglingShortcut,
    ...places,
    ...others,
  }
}

function addStudies(model: DriveModel) {
  const courses = model.addFolder('Courses', { ...at('2022-04-06'), folderColorRgb: '#ac725e' })
  const folder = (name: string, parent: DriveItem, day: string) => model.addFolder(name, { parent: parent.id, ...at(day) })
  const mathematics = folder('Mathematics', courses, '2022-04-08')
  const literature = folder('日本文学', courses, '2023-04-07')
  const physics = folder('Physics', courses, '2022-10-03')
  folder('Nothing here yet', courses, '2024-09-01')
  const paragraphs = prose(12)
  const essay = model.addEditorFile('The lamp in the reading room', 'document', {
    parent: literature.id,
    ...at('2023-07-19'),
    description: 'Second draft, with the remarks of Professor Mori',
    starred: true,
    quotaBytes: 18_733,
    exports: {
      [docxType]: (stamp) => docx(paragraphs, { stamp }),
      'application/pdf': (stamp) => pdf(paragraphs, { stamp }),
      'text/plain': () => Buffer.from(paragraphs.join('\n\n')),
    },
  })
  model.addEditorFile('成績', 'spreadsheet', {
    parent: courses.id,
    ...at('2025-02-14'),
    exports: {
      [xlsxType]: (stamp) =>
        xlsx(
          [
            ['科目', 'Grade'],
            ['数学', 'A'],
            ['物理', 'B'],
            ['文学', 'A+'],
          ],
          { stamp },
        ),
    },
  })
  model.addEditorFile('Seminar talk', 'presentation', {
    parent: physics.id,
    ...at('2024-12-02'),
    exports: { [pptxType]: (stamp) => pptx(['Falling bodies', 'What Galileo saw', 'What we measured'], { stamp }) },
  })
  const hugeDocument = model.addEditorFile('All lecture notes', 'document', {
    parent: courses.id,
    ...at('2025-01-30'),
    quotaBytes: 14 * megabyte,
    exports: { [docxType]: hugeDocx() },
  })
  model.addEditorFile('Circuit', 'drawing', { parent: physics.id, ...at('2023-05-11') })
  model.addEditorFile('Reading list helper', 'script', { parent: literature.id, ...at('2023-06-01') })
  const file = (name: string, mimeType: string, content: Content, parent: DriveItem, day: string) =>
    model.addFile(name, content, { mimeType, parent: parent.id, ...at(day) })
  file('exercise sheet 1.pdf', 'application/pdf', pdf(['Exercise sheet 1', ...prose(3)]), mathematics, '2022-04-15')
  file('exercise sheet 2.pdf', 'application/pdf', pdf(['Exercise sheet 2', ...prose(4)]), mathematics, '2022-04-22')
  file('report.docx', docxType, docx(['Report', ...prose(5)]), physics, '2022-11-20')
  // An export of this document wants the name of the file before it.
  model.addEditorFile('report', 'document', { parent: physics.id, ...at('2022-11-21') })
  file(
    'measurements.xlsx',
    xlsxType,
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
  file('empty.txt', 'text/plain', new Uint8Array(), mathematics, '2022-05-01')
  for (const name of ['english', 'japanese', 'arabic', 'greek', 'hindi', 'emoji'] as const) {
    file(`${name}.txt`, 'text/plain', text(name), literature, '2023-05-20')
  }
  let deep = folder('Deep', courses, '2023-01-01')
  for (let level = 1; level <= 30; level += 1) deep = folder(`level ${level}`, deep, '2023-01-01')
  file('at the bottom.txt', 'text/plain', text('english'), deep, '2023-01-01')
  return { courses, essay, hugeDocument }
}

/** A document whose export is above 10 MB: base64 does not compress below three quarters. Two variants, made when first asked for. */
function hugeDocx(): () => Content {
  const variants: Content[] = []
  let count = 0
  return () => {
    count += 1
    const stamp = `variant ${count % 2}`
    const known = variants[count % 2]
    if (known !== undefined) return known
    const words = Buffer.from(generated(11 * megabyte, 77).bytes()).toString('base64')
    const made = docx(['All lecture notes', ...(words.match(/.{1,60000}/g) ?? [])], { stamp })
    variants[count % 2] = made
    return made
  }
}

function addMedia(model: DriveModel) {
  const photos = model.addFolder('Photos', at('2022-08-01'))
  const summer = model.addFolder('2023 夏', { parent: photos.id, ...at('2023-08-10') })
  for (let number = 1; number <= 12; number += 1) {
    const day = `2023-08-${String(number + 9).padStart(2, '0')}`
    model.addFile(`IMG_${4200 + number}.JPG`, jpeg(320, 240, number), { mimeType: 'image/jpeg', parent: summer.id, ...at(day) })
  }
  model.addFile('campus map.png', png(400, 300, 5), { mimeType: 'image/png', parent: photos.id, ...at('2022-08-02') })
  model.addFile('logo.svg', svg('Reading Room'), { mimeType: 'image/svg+xml', parent: photos.id, ...at('2022-08-03') })
  const videos = model.addFolder('Videos', at('2024-03-20'))
  const bigVideo = model.addFile(
    'graduation.mp4',
    { size: 40 * megabyte, seed: 1 },
    { mimeType: 'video/mp4', parent: videos.id, ...at('2025-03-24') },
  )
  model.addFile(
    'orchestra.wav',
    { size: 24 * megabyte + 11, seed: 2 },
    { mimeType: 'audio/wav', parent: videos.id, ...at('2024-12-24'), redirects: true },
  )
  model.addFile(
    'old backup.zip',
    { size: 20 * megabyte, seed: 3 },
    { mimeType: 'application/zip', parent: videos.id, ...at('2016-02-01'), checksums: ['md5'] },
  )
  return { photos: photos.id, bigVideo: bigVideo.id }
}

/** Things that Drive lists and gives no bytes of. */
function addUnexportable(model: DriveModel): string {
  const folder = model.addFolder('Forms and other things', at('2023-04-01'))
  const add = (name: string, type: string) => model.addEditorFile(name, type, { parent: folder.id, ...at('2023-04-02') })
  const form = add('Who comes to the picnic?', 'form')
  add('Walks around the campus', 'map')
  add('Club home page', 'site')
  add('Whiteboard', 'jam')
  add('Newsletter', 'mail-layout')
  add('Old table', 'fusiontable')
  add('Mind map', 'drive-sdk.796396377186')
  model.addFile('sealed.docx', generated(5000, 12).bytes(), {
    mimeType: 'application/vnd.google-gsuite.encrypted; content="application/vnd.google-gsuite.document-blob"',
    parent: folder.id,
    clientEncrypted: true,
    ...at('2024-06-05'),
  })
  return form.id
}

function addShortcuts(model: DriveModel, courses: DriveItem) {
  const folder = model.addFolder('Shortcuts', at('2024-01-10'))
  model.addShortcut('Courses', courses.id, { parent: folder.id, ...at('2024-01-10') })
  // Followed blindly this one never ends.
  model.addShortcut('up again', folder.id, { parent: folder.id, ...at('2024-01-10') })
  const target = model.addFile('gone tomorrow', 'x', { parent: folder.id, ...at('2024-01-10') })
  const danglingShortcut = model.addShortcut('points nowhere', target.id, { parent: folder.id, ...at('2024-01-10') })
  model.remove(target.id)
  return { danglingShortcut: danglingShortcut.id }
}

/** Computers, orphans, trash, something flagged. */
function addPlaces(model: DriveModel) {
  const computer = model.addFolder('Hana の MacBook', { parent: null, ...at('2022-04-01') })
  const desktop = model.addFolder('Desktop', { parent: computer.id, ...at('2022-04-01') })
  model.addFile('todo.txt', text('english'), { mimeType: 'text/plain', parent: desktop.id, ...at('2025-03-01') })
  model.addFile('source.zip', zip([{ name: 'main.c', content: 'int main(void) { return 0; }\n' }]), {
    mimeType: 'application/zip',
    parent: desktop.id,
    ...at('2024-11-11'),
  })
  const orphan = model.addFile('left over.pdf', pdf(['Nobody knows where this belongs']), {
    mimeType: 'application/pdf',
    parent: null,
    ...at('2019-09-09'),
  })
  const trashedFile = model.addFile('thrown away.txt', text('greek'), { mimeType: 'text/plain', ...at('2025-02-02') })
  model.trash(trashedFile.id)
  const trashedFolder = model.addFolder('Old drafts', at('2023-02-02'))
  model.addFile('draft 1.txt', text('hindi'), { mimeType: 'text/plain', parent: trashedFolder.id, ...at('2023-02-02') })
  model.trash(trashedFolder.id)
  model.addFile('suspicious-own.exe', generated(4096, 13).bytes(), {
    mimeType: 'application/x-msdownload',
    abusive: true,
    ...at('2021-05-05'),
  })
  return { computer: computer.id, orphan: orphan.id, trashedFile: trashedFile.id }
}
