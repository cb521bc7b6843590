import type { OneDriveModel } from './one-drive-model.ts'

/**
 * Names that OneDrive allows and that some file system, manifest or program cannot hold as they are. OneDrive itself refuses `" * : < > ? / \ |`, spaces at
 * either end, and some device names: https://support.microsoft.com/office/64883a5d-228e-48f5-b3d2-eb39e07630fa
 */
export const oddNames: readonly string[] = [
  '...',
  '.hidden',
  'trailing dot.',
  '~lock.docx',
  '100% done.txt',
  '%2e%2e%2fescaped.txt',
  "it's #1 & {more}.txt",
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
  'straße.txt',
  'STRASSE.txt',
  `${'長'.repeat(100)}.txt`,
  'x'.repeat(255),
  '-rf',
  '$(touch pwned)',
  'manifest-sha256.txt',
]

/** What OneDrive refuses and an answer may hold all the same: a client that trusts the service writes outside its folder. */
export const hostileNames: readonly string[] = [
  '..',
  '../../outside.txt',
  '/etc/passwd',
  'a/b',
  'back\\slash.txt',
  'C:\\temp\\x.txt',
  'colon: and * ? " < > |.txt',
  'CON',
  'nul.txt',
  'trailing space ',
  ' leading space.txt',
  'desktop.ini',
  'tab\there.txt',
  'line\nbreak.txt',
  'null\u0000byte.txt',
  'lone surrogate \ud800.txt',
  'x'.repeat(5000),
  '',
]

/** Two folders of such names, and a folder that is called `..`. */
export function addOddNames(model: OneDriveModel): void {
  const modified = Date.parse('2024-02-29T23:59:59Z')
  const folder = model.addFolder('Odd names', { modified })
  const hostile = model.addFolder('Hostile names', { modified })
  for (const [parent, names] of [
    [folder.id, oddNames],
    [hostile.id, hostileNames],
  ] as const) {
    for (const name of names) {
      model.addFile(name, `content of ${JSON.stringify(name)}\n`, { mimeType: 'text/plain', parent, modified })
    }
  }
  const up = model.addFolder('..', { parent: hostile.id, modified })
  model.addFile('escaped?.txt', 'stays inside\n', { mimeType: 'text/plain', parent: up.id, modified })
  // Before computers kept time, and after this one does.
  for (const [name, day] of [
    ['too old.txt', '1901-01-01'],
    ['from the future.txt', '2099-12-31'],
  ] as const) {
    const time = Date.parse(`${day}T00:00:00Z`)
    model.addFile(name, 'x\n', { mimeType: 'text/plain', parent: folder.id, modified, clientModified: time })
  }
  let deep = model.addFolder('Deep', { modified })
  for (let level = 1; level <= 30; level += 1) deep = model.addFolder(`level ${level}`, { parent: deep.id, modified })
  model.addFile('at the bottom.txt', 'deep\n', { mimeType: 'text/plain', parent: deep.id, modified })
}
