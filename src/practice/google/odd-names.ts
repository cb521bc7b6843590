import type { DriveModel } from './drive-model.ts'

/** Names that Drive allows and that some file system, manifest or program cannot hold as they are. */
export const oddNames: readonly string[] = [
  '.',
  '..',
  '...',
  '../../outside.txt',
  '/etc/passwd',
  'a/b',
  'back\\slash.txt',
  'C:\\temp\\x.txt',
  'colon: and * ? " < > |.txt',
  'CON',
  'nul.txt',
  'COM1.log',
  'aux',
  'trailing dot.',
  'trailing space ',
  ' leading space.txt',
  '.hidden',
  'desktop.ini',
  '~$lock.docx',
  '100% done.txt',
  '%2e%2e%2fescaped.txt',
  'tab\there.txt',
  'line\nbreak.txt',
  'carriage\rreturn.txt',
  'bell\u0007.txt',
  'null\u0000byte.txt',
  'delete\u007f.txt',
  'right\u202eto-left.txt',
  'zero\u200bwidth.txt',
  '😀 smile.txt',
  '👩🏽‍💻 family 👨‍👩‍👧‍👦.txt',
  '𠮷野家.txt',
  'ガ composed.txt'.normalize('NFC'),
  'ガ composed.txt'.normalize('NFD'),
  'café.txt'.normalize('NFC'),
  'café.txt'.normalize('NFD'),
  'Readme.md',
  'README.MD',
  'readme.md',
  'straße.txt',
  'STRASSE.txt',
  `${'long '.repeat(60)}.txt`,
  `${'長'.repeat(300)}.txt`,
  'x'.repeat(5000),
  '-rf',
  '$(touch pwned)',
  '*',
  'manifest-sha256.txt',
]

/** A folder of odd names, equal names, and folders that have them too. */
export function addOddNames(model: DriveModel): void {
  const time = Date.parse('2024-02-29T23:59:59Z')
  const when = { createdTime: time, modifiedTime: time }
  const folder = model.addFolder('Odd names', when)
  for (const name of oddNames)
    model.addFile(name, `content of ${JSON.stringify(name)}\n`, { mimeType: 'text/plain', parent: folder.id, ...when })
  const equal = model.addFolder('Equal names', when)
  for (const number of [1, 2, 3])
    model.addFile('report.pdf', `report ${number}\n`, { mimeType: 'application/pdf', parent: equal.id, ...when })
  for (const number of [1, 2]) {
    const twin = model.addFolder('Twin', { parent: equal.id, ...when })
    model.addFile('inside.txt', `twin ${number}\n`, { mimeType: 'text/plain', parent: twin.id, ...when })
  }
  model.addFile('Twin', 'a file named like its neighbours\n', { mimeType: 'text/plain', parent: equal.id, ...when })
  const hostile = model.addFolder('..', { parent: folder.id, ...when })
  model.addFile('escaped?.txt', 'stays inside\n', { mimeType: 'text/plain', parent: hostile.id, ...when })
  const slashed = model.addFolder('2023/24', { parent: folder.id, ...when })
  model.addFile('term.txt', 'a folder with a slash\n', { mimeType: 'text/plain', parent: slashed.id, ...when })
  // Modified before computers kept time, and after this one does.
  model.addFile('too old.txt', 'x\n', {
    mimeType: 'text/plain',
    parent: folder.id,
    createdTime: time,
    modifiedTime: Date.parse('1901-01-01T00:00:00Z'),
  })
  model.addFile('from the future.txt', 'x\n', {
    mimeType: 'text/plain',
    parent: folder.id,
    createdTime: time,
    modifiedTime: Date.parse('2099-12-31T00:00:00Z'),
  })
}
