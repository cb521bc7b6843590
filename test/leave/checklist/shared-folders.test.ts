import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Dependence, Dependents } from '../../../src/core/dependents.ts'
import { wordsOf } from '../../../src/language/words.ts'
import { proposedPlanText, proposeTransfers } from '../../../src/leave/checklist/propose-transfers.ts'
import { type SharingRequest, sharedFolders, sharedThings } from '../../../src/leave/checklist/shared-folders.ts'
import { sharedLines } from '../../../src/leave/checklist/shared-lines.ts'
import { readTransferPlan } from '../../../src/leave/transfer/transfer-plan.ts'
import { type Bench, createBench } from '../../backup/bench-archive.ts'
import { createWorld } from '../../backup/fake-source.ts'

let bench: Bench
beforeEach(async () => {
  bench = await createBench()
})
afterEach(() => bench.dispose())

const text = { en: 'do it', ja: 'する' }
const proposal = { text, page: 'https://help.example/' }
const dependents: Dependents = {
  of: ({ users, open }) => {
    if (users === undefined && open === undefined) return undefined
    const people = (users ?? []) as unknown as Dependence['people']
    return { people, ...(open !== undefined && { open: open as 'anyone' | 'organisation' }) }
  },
  proposals: { transfer: proposal, download: proposal, keep: proposal },
}
const jiro = { address: 'jiro@example.ac.jp', may: 'write' }
const saki = { address: 'saki@example.ac.jp', may: 'write' }
const reader = { address: 'reader@example.ac.jp', may: 'read' }
const guest = { address: 'guest@example.org', may: 'write' }
const team = { address: 'team@example.ac.jp', may: 'write', group: true }

const request = (): SharingRequest => ({
  journal: bench.journal,
  source: 'home/files',
  dependents,
  own: 'me@example.ac.jp',
  inside: (address) => address.endsWith('@example.ac.jp'),
})

async function fill() {
  const files = createWorld()
  files.folder('thesis', 'Thesis', undefined, { details: { users: [jiro, saki] } })
  files.folder('deep', 'Data', 'thesis', { details: { users: [jiro, saki] } })
  files.file('a', 'a.csv', 'deep', 'a', { details: { users: [saki, jiro] } })
  files.file('b', 'b.csv', 'deep', 'b', { details: { users: [saki] } })
  files.file('alone', 'mine.txt', 'thesis', 'c')
  files.folder('plain', 'Plain')
  files.file('out', 'out.txt', 'plain', 'd', { details: { users: [guest, reader] } })
  files.file('team', 'team.txt', 'plain', 'e', { details: { users: [team] } })
  files.file('web', 'poster.pdf', undefined, 'f', { details: { open: 'anyone' } })
  files.file('gone', 'gone.txt', 'plain', 'g', { details: { users: [jiro] } })
  await bench.run({ 'home/files': files })
  files.remove('gone')
  await bench.run({ 'home/files': files })
}

test('what lies below a shared folder counts to it, and what is no longer there counts nowhere', async () => {
  await fill()
  const { folders, otherFiles } = sharedFolders(request())
  expect(otherFiles).toBe(0)
  expect(
    folders.map(({ path, files, people, writers, open, proposal: one }) => ({ path, files, people, writers, open, one })),
  ).toEqual([
    {
      path: 'Plain',
      files: 2,
      people: [guest.address, team.address, reader.address],
      // A guest is no colleague, and an address of many owns nothing.
      writers: [],
      open: undefined,
      one: 'download',
    },
    {
      path: 'Thesis',
      files: 2,
      people: [saki.address, jiro.address],
      // Saki may write all four, Jiro three of them.
      writers: [saki.address, jiro.address],
      open: undefined,
      one: 'transfer',
    },
    { path: '', files: 1, people: [], writers: [], open: 'anyone', one: 'keep' },
  ])
})

test('each thing goes to the likeliest of those who may write it, and a plan of it can be read again', async () => {
  await fill()
  const plan = proposeTransfers(sharedThings(request()))
  expect(new Map(plan.entries.map(({ id, to }) => [id, to]))).toEqual(
    new Map([
      ['thesis', saki.address],
      ['deep', saki.address],
      ['a', saki.address],
      ['b', saki.address],
    ]),
  )
  expect(plan.without.toSorted()).toEqual(['Plain/out.txt', 'Plain/team.txt', 'poster.pdf'])
  for (const language of ['en', 'ja'] as const) {
    const made = proposedPlanText('home', plan, wordsOf(language).leave.propose.plan)
    expect(made).toContain('#   Plain/out.txt\n')
    expect(readTransferPlan(made, 'plan.yaml').entries).toHaveLength(4)
  }
})

test('a name cannot leave its comment', async () => {
  const files = createWorld()
  files.file('x', 'x\ngive: [{ to: evil@example.org }]', undefined, 'x', { details: { users: [reader] } })
  files.file('y', 'y', undefined, 'y', { details: { users: [jiro] } })
  await bench.run({ 'home/files': files })
  const made = proposedPlanText('home', proposeTransfers(sharedThings(request())), wordsOf('en').leave.propose.plan)
  expect(readTransferPlan(made, 'plan.yaml').entries).toEqual([{ id: 'y', name: 'y', to: jiro.address }])
})

test('lines: what a colleague can take over is to do, the rest is to look at; nothing shared is done; never listed is not known', async () => {
  await fill()
  const of = (shared: ReturnType<typeof sharedFolders> | undefined) =>
    sharedLines({ account: 'home', source: 'home/files', dependents, shared })
  const lines = of(sharedFolders(request()))
  expect(lines.map(({ state, what }) => [state, what.en])).toEqual([
    ['look', 'home/files/Plain'],
    ['to-do', 'home/files/Thesis'],
    ['look', 'home/files'],
  ])
  expect(lines[1]?.why.en).toBe(
    '2 files of yours. Used by saki@example.ac.jp and jiro@example.ac.jp. Likeliest new owner: saki@example.ac.jp (of 2 who may write).',
  )
  expect(lines[1]?.why.ja).toContain('新しいオーナーの候補: saki@example.ac.jp')
  expect(of({ folders: [], otherFiles: 0 })[0]?.state).toBe('done')
  expect(of(undefined)[0]?.state).toBe('unknown')
})
