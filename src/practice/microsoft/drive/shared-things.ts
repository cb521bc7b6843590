import { docx } from '../../content/office.ts'
import { pdf } from '../../content/pdf.ts'
import { prose } from '../../content/text.ts'
import { types } from './media-types.ts'
import type { OneDriveModel } from './one-drive-model.ts'

export interface SharedThings {
  /** In the own drive, pointing to a folder of someone else's. */
  readonly shortcut: string
  /** That folder's drive and id. */
  readonly sharedDrive: string
  readonly sharedFolder: string
  /** Points to something that is gone. */
  readonly danglingShortcut: string
}

/**
 * Folders of others: one added to the own files, with a shortcut in it that leads back into the own drive (followed blindly it never ends), a second
 * shortcut to the same folder, one to a file, one that leads nowhere, and a folder that was shared and never added.
 */
export function addShared(model: OneDriveModel, ownFolder: string): SharedThings {
  const modified = Date.parse('2024-05-17T10:00:00Z')
  const when = { modified }
  const teacher = model.addOtherDrive('mori.sensei@contoso.example')
  const seminar = teacher.addFolder('Seminar material', { ...when, shared: true })
  const week = teacher.addFolder('Week 1', { ...when, parent: seminar.id })
  teacher.addFile('reading.pdf', pdf(['Reading', ...prose(3)]), { ...when, parent: week.id, mimeType: 'application/pdf' })
  teacher.addFile('task.docx', docx(['Task', ...prose(2)]), { ...when, parent: seminar.id, mimeType: types.docx })
  teacher.addFile('not shared.txt', 'private\n', { ...when, mimeType: 'text/plain' })
  teacher.addShortcut('back to the student', { drive: model, id: ownFolder }, { ...when, parent: seminar.id })
  teacher.addShortcut('up again', { drive: teacher, id: seminar.id }, { ...when, parent: week.id })
  const leaflet = teacher.addFile('leaflet.pdf', pdf(['Leaflet']), { ...when, shared: true, mimeType: 'application/pdf' })
  const club = model.addOtherDrive('club@contoso.example')
  const minutes = club.addFolder('Minutes of the club', { ...when, shared: true })
  club.addFile('2024-05.txt', 'Nobody came.\n', { ...when, parent: minutes.id, mimeType: 'text/plain' })
  const gone = club.addFolder('gone tomorrow', { ...when, shared: true })

  const shortcut = model.addShortcut('Seminar material', { drive: teacher, id: seminar.id }, when)
  const links = model.addFolder('Links', when)
  model.addShortcut('Seminar once more', { drive: teacher, id: seminar.id }, { ...when, parent: links.id })
  model.addShortcut('leaflet.pdf', { drive: teacher, id: leaflet.id }, { ...when, parent: links.id })
  const danglingShortcut = model.addShortcut('points nowhere', { drive: club, id: gone.id }, { ...when, parent: links.id })
  club.remove(gone.id)
  return { shortcut: shortcut.id, sharedDrive: teacher.driveId, sharedFolder: seminar.id, danglingShortcut: danglingShortcut.id }
}
