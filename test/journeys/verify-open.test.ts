import { expect, test, vi } from 'vitest'
import { docx } from '../../src/practice/content/office.ts'
import { startCloud } from './cloud.ts'
import { run } from './program.ts'

vi.setConfig({ testTimeout: 60_000 })

test('verify --open names what may not open although its bytes are right, and the exit status stays', async () => {
  const cloud = await startCloud()
  const { place, home, drive } = cloud
  const good = Buffer.from(docx(['one']))
  home.put('/good.docx', good.toString('latin1'))
  home.put('/talk.pdf', 'this is no pdf')
  home.put('/data.xyz', 'anything')
  home.put('/notes.txt', 'notes')
  drive.addEditorFile('essay', 'document')
  expect((await run(place, ['backup'])).status).toBe(0)
  const told = await run(place, ['verify', '--open'])
  expect(told.status, told.stderr).toBe(0)
  expect(told.stderr).toContain('may not open: data/home/files/talk.pdf: no PDF file')
  expect(told.stderr).not.toContain('essay')
  expect(told.stdout).toContain('everything is as it was saved')
  expect(told.stdout).toMatch(/Looked inside \d+ files: \d may not open .*; 1 of other kinds were not\./)
  const json = await run(place, ['verify', '--open', '--quick', '--json'])
  const summary = JSON.parse(json.stdout.trimEnd().split('\n').at(-1) ?? '') as { details: { open: object } }
  expect(summary.details.open).toMatchObject({ unknown: 1, looked: expect.any(Number) })
})
