import { pdf } from '../content/pdf.ts'
import { png } from '../content/picture.ts'
import { text } from '../content/text.ts'
import type { DriveModel } from './drive-model.ts'

/** What other people share with the person, and the shared drives that she belongs to. */
export function addOthersThings(model: DriveModel) {
  const time = Date.parse('2024-10-10T10:10:10Z')
  const when = { createdTime: time, modifiedTime: time }
  const kenji = model.addPerson('kenji@example.ac.jp', 'Kenji Mori')
  const mori = model.addPerson('mori@example.ac.jp', 'Professor Mori')
  const me = model.me.email
  const readable = { [me]: 'reader' } as const

  // Only its top is in a flat listing: what is inside is reached through it, until it is opened.
  const project = model.addFolder('Group project', { owner: kenji.email, sharedWith: { [me]: 'writer' }, ...when })
  const data = model.addFolder('data', { parent: project.id, ...when })
  model.addFile('plan.pdf', pdf(['The plan']), { mimeType: 'application/pdf', parent: project.id, ...when })
  model.addFile('plot.png', png(120, 90, 9), { mimeType: 'image/png', parent: data.id, ...when })
  model.addFile('raw.bin', { size: 700_000, seed: 21 }, { parent: data.id, ...when })
  model.addEditorFile('Minutes', 'document', { parent: project.id, ...when })
  const opened = model.addFile('opened once.txt', text('japanese'), { mimeType: 'text/plain', parent: data.id, ...when })
  model.open(opened.id)
  // Hers, in a folder of his.
  model.addFile('my part.txt', text('english'), { mimeType: 'text/plain', parent: project.id, owner: me, ...when })

  // Shared alone, out of a folder that she cannot see.
  const closed = model.addFolder('Private', { owner: mori.email, ...when })
  model.addFile('letter.pdf', pdf(['A letter of recommendation']), {
    mimeType: 'application/pdf',
    parent: closed.id,
    sharedWith: readable,
    ...when,
  })
  const forbidden = model.addFile('exam questions.pdf', pdf(['Not to be copied']), {
    mimeType: 'application/pdf',
    owner: mori.email,
    sharedWith: readable,
    downloadForbidden: true,
    ...when,
  })
  model.addEditorFile('Marks (view only)', 'spreadsheet', {
    owner: mori.email,
    sharedWith: readable,
    downloadForbidden: true,
    ...when,
  })
  const abusive = model.addFile(
    'crack.exe',
    { size: 9000, seed: 22 },
    { owner: kenji.email, sharedWith: readable, abusive: true, ...when },
  )
  const keyed = model.addFile('old link.txt', text('english'), {
    mimeType: 'text/plain',
    owner: kenji.email,
    sharedWith: { anyone: 'reader' },
    resourceKey: '0-practicekey',
    needsResourceKey: true,
    ...when,
  })
  model.open(keyed.id)
  // His, in a folder of hers.
  const mine = model.addFolder('Collected for the year book', when)
  model.addFile("kenji's page.txt", text('emoji'), { mimeType: 'text/plain', parent: mine.id, owner: kenji.email, ...when })

  const lab = model.addSharedDrive('Robotics Lab', { [me]: 'writer', [mori.email]: 'organizer' })
  const manuals = model.addFolder('Manuals', { parent: lab.id, ...when })
  model.addFile('arm.pdf', pdf(['The arm']), { mimeType: 'application/pdf', parent: manuals.id, ...when })
  model.addFile('firmware.bin', { size: 1_500_000, seed: 23 }, { parent: lab.id, ...when })
  model.addEditorFile('Booking list', 'spreadsheet', { parent: lab.id, ...when })
  const choir = model.addSharedDrive('合唱団 / Choir', { [me]: 'reader', [kenji.email]: 'organizer' })
  model.addFile('score.pdf', pdf(['Sing']), { mimeType: 'application/pdf', parent: choir.id, ...when })
  return { sharedFolder: project.id, sharedDrive: lab.id, forbidden: forbidden.id, abusive: abusive.id }
}
