import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createDriveModel } from '../../src/practice/google/model.ts'
import { startCloud } from './cloud.ts'
import { node, type Place, run, script } from './program.ts'

const me = 'hanako@example.ac.jp'
const colleague = 'jiro@example.ac.jp'

/** Runs the program before a terminal of its own (python3's pty) and types `answer` when the question comes. */
function atTerminal(place: Place, argv: readonly string[], answer: string): Promise<{ status: number | null; said: string }> {
  const typing = `
import os, pty, sys
said = b''
def read(fd):
    global said
    data = os.read(fd, 1024)
    said += data
    if '${answer}' and (b'type their number' in said or '入力してください'.encode() in said) and not read.done:
        read.done = True
        os.write(fd, b'${answer}\\r')
    return data
read.done = False
sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:], read, lambda fd: b'')))
`
  const child = spawn('python3', ['-c', typing, node, script, ...argv], {
    env: { ...place.env, TERM: 'xterm' },
    cwd: place.folder,
  })
  let said = ''
  child.stdout.on('data', (bytes) => (said += String(bytes)))
  child.stderr.on('data', (bytes) => (said += String(bytes)))
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, said })))
}

test('a plan is shown, agreed to by its number, and carried out; without a person nothing is', { timeout: 60_000 }, async () => {
  const drive = createDriveModel({ email: me, name: 'Hanako' })
  drive.addPerson(colleague, 'Jiro')
  const thesis = drive.addFile('卒業論文.docx', 'a')
  const data = drive.addFile('data.csv', 'b')
  const other = drive.addFile('theirs.txt', 'c', { owner: colleague, sharedWith: { [me]: 'writer' } })
  const cloud = await startCloud({ drive, accounts: ['google'] })
  const { place } = cloud
  const plan = path.join(place.folder, 'plan.yaml')
  const file = ({ id, name }: { id: string; name: string }) => `      - { id: ${id}, name: ${JSON.stringify(name)} }\n`
  await writeFile(plan, `account: google\ngive:\n  - to: ${colleague}\n    files:\n${[thesis, data, other].map(file).join('')}`)
  const owners = () => [thesis, data, other].map(({ id }) => drive.get(id)!.owner)
  const writes = () => cloud.google.requests.filter(({ method, host }) => method !== 'GET' && host === 'www.googleapis.com')

  const dry = await run(place, ['leave', '--transfer', plan, '--dry-run'])
  // The one that is hers already is no objection; nothing is.
  expect(dry.status).toBe(0)
  expect(dry.stdout).toMatch(/卒業論文\.docx +jiro@example\.ac\.jp +becomes theirs/)
  expect(dry.stdout).toMatch(/theirs\.txt +jiro@example\.ac\.jp +is theirs already/)
  expect(dry.stdout).toContain('You cannot take any of them back')
  for (const argv of [['--yes'], ['--yes', '--json'], []]) {
    const { status, stdout, stderr } = await run(place, ['leave', '--transfer', plan, ...argv])
    expect(status).toBe(2)
    expect(stdout + stderr).toContain('has to be agreed to by a person')
  }
  for (const answer of ['y', '3']) {
    const refused = await atTerminal(place, ['leave', '--transfer', plan, '--yes'], answer)
    expect(refused.status).toBe(0)
    expect(refused.said).toContain('Nothing was changed')
  }
  expect(writes()).toEqual([])
  expect(owners()).toEqual([me, me, colleague])

  const done = await atTerminal(place, ['leave', '--transfer', plan], '2')
  expect(done.said).toContain('is theirs now')
  expect(done.said).toContain(`What ${colleague} should do`)
  expect(done.said).toContain('3 of 3 done')
  expect(done.status).toBe(0)
  expect(owners()).toEqual([colleague, colleague, colleague])
  expect(writes()).toHaveLength(2)
  expect(cloud.misdeeds()).toEqual([])

  // The right to write was not kept: what is stored still only reads.
  const accounts = await run(place, ['accounts', '--json'])
  expect(accounts.stdout).toContain('drive.readonly')
  expect(accounts.stdout).not.toMatch(/auth\/drive["\s,]/)
  const again = await run(place, ['leave', '--transfer', plan, '--dry-run', '--lang', 'ja'])
  expect(again.stdout).toContain('すでに譲渡済みです')
  expect(again.stdout).toContain('譲渡できるファイルはありません')
  // What the service says of a file that is not there is told in the person's language, too.
  await writeFile(plan, `account: google\ngive:\n  - to: ${colleague}\n    files:\n      - { id: notMine123456, name: x }\n`)
  const strange = await run(place, ['leave', '--transfer', plan, '--lang', 'ja'])
  expect(strange.stdout).toContain('譲渡しません: Google によると、存在しないか、このアカウントでは利用できません')
})

test('where the sign-in ends in the middle, what was not tried is named, and the end says so', { timeout: 60_000 }, async () => {
  const drive = createDriveModel({ email: me, name: 'Hanako' })
  drive.addPerson(colleague, 'Jiro')
  const files = ['a.txt', 'b.txt', 'c.txt'].map((name) => drive.addFile(name, name))
  const cloud = await startCloud({ drive, accounts: ['google'] })
  const plan = path.join(cloud.place.folder, 'plan.yaml')
  const lines = files.map(({ id, name }) => `      - { id: ${id}, name: ${name} }\n`).join('')
  await writeFile(plan, `account: google\ngive:\n  - to: ${colleague}\n    files:\n${lines}`)
  let given = 0
  cloud.google.addFault({
    match: ({ method, path }) => method === 'POST' && path.endsWith('/permissions') && ++given > 1,
    times: Number.POSITIVE_INFINITY,
    do: { status: 401, reason: 'authError' },
  })
  const { status, said } = await atTerminal(cloud.place, ['leave', '--transfer', plan], '3')
  expect(files.map(({ id }) => drive.get(id)!.owner)).toEqual([colleague, me, me])
  expect(said).toMatch(/c\.txt +jiro@example\.ac\.jp +not tried/)
  expect(said).toContain('1 of 3 done')
  expect(status).toBe(3)
})
