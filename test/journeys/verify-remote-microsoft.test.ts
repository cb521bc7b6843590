import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { createOneDriveModel } from '../../src/practice/microsoft/drive/model.ts'
import { createNotesModel } from '../../src/practice/microsoft/onenote/notes-model.ts'
import { startCloud } from './cloud.ts'
import { run } from './program.ts'

vi.setConfig({ testTimeout: 60_000 })

const lines = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))

test('Microsoft: the count that closes a backup, the metadata, and verify --remote, of both sources', async () => {
  const model = createOneDriveModel()
  const notes = createNotesModel({ email: model.account.username })
  const cloud = await startCloud({ accounts: ['microsoft'], microsoft: { model, notes } })
  const { place } = cloud
  const papers = model.addFolder('Papers')
  const files = Array.from({ length: 6 }, (_, n) => model.addFile(`paper ${n}.txt`, `text ${n}`, { parent: papers.id }))
  model.addFile('invoice.exe', 'x', { malware: true })
  const notebook = model.addPackage('Studies', 'oneNote')
  model.addFile('Lectures.one', 'section', { parent: notebook.id })
  const { id: book } = notes.addNotebook('Studies')
  const { id: section } = notes.addSection(book, 'Lectures')
  const pages = Array.from({ length: 6 }, (_, n) => notes.addPage(section, `Lesson ${n}`, `<p data-tag="to-do">${n}</p>`))
  notes.addSection(book, 'Diary', { state: 'locked' })

  const backup = await run(place, ['backup', '--verbose'])
  expect(backup.status, backup.stderr).toBe(0)
  // Six files, the malware, the folder, the notebook, and the section that lies in it.
  expect(backup.stderr).toMatch(/microsoft\/onedrive: counted once more by another way \(10 entries\): nothing .* is missing/)
  // Notebooks are not among them: the section, the locked one, six pages.
  expect(backup.stderr).toMatch(/microsoft\/onenote: counted once more by another way \(8 entries\): nothing .* is missing/)

  const metadata = async (source: string) =>
    lines(await readFile(path.join(place.archive, 'metadata/microsoft', `${source}.jsonl`), 'utf8'))
  const drive = await metadata('onedrive')
  expect(drive.find(({ id }) => id === files[0]!.id)).toMatchObject({
    state: 'saved',
    path: 'Papers/paper 0.txt',
    files: [{ part: 'file', bytes: 6, sha256: expect.any(String) }],
    details: { webUrl: expect.stringContaining('sharepoint.com'), createdBy: model.account.username },
  })
  expect(JSON.stringify(drive)).toContain('Microsoft holds it back as malware.')
  expect(JSON.stringify(drive)).toContain('the source onenote saves its pages')
  const page = (await metadata('onenote')).find(({ id }) => id === pages[0]!.id)
  expect(page).toMatchObject({ state: 'saved', path: 'Studies/Lectures/Lesson 0', details: { type: 'page', order: 0 } })
  expect(JSON.stringify(await metadata('onenote'))).toContain('protected by a password')

  const remote = async (status: number) => {
    const told = await run(place, ['verify', '--remote', '--json'])
    expect(told.status, told.stderr).toBe(status)
    return (lines(told.stdout).at(-1) as { details: { remote: Record<string, object> } }).details.remote
  }
  const same = await remote(0)
  const nothing = { missing: 0, newer: 0, gone: 0, unsaved: 0, complete: true }
  for (const source of ['microsoft/onedrive', 'microsoft/onenote']) expect(same[source]).toMatchObject(nothing)

  model.addFile('new.txt', 'new', { parent: papers.id })
  model.replaceContent(files[1]!.id, 'other text')
  model.remove(files[2]!.id)
  notes.addPage(section, 'One more', '<p>more</p>')
  notes.editPage(pages[3]!.id, { body: '<p>changed</p>' })
  const told = await run(place, ['verify', '--remote', '--quick'])
  expect(told.status, told.stderr).toBe(3)
  expect(told.stdout).toContain('missing: microsoft/onedrive/Papers/new.txt\n')
  expect(told.stdout).toContain('newer: microsoft/onedrive/Papers/paper 1.txt\n')
  expect(told.stdout).toMatch(/missing: microsoft\/onenote\/Studies\/Lectures\/One more/)
  expect(told.stdout).toMatch(/newer: microsoft\/onenote\/Studies\/Lectures\/Lesson 3/)
  expect((await run(place, ['backup'])).status).toBe(0)
  const after = await remote(0)
  for (const source of ['microsoft/onedrive', 'microsoft/onenote']) expect(after[source]).toMatchObject(nothing)
})
