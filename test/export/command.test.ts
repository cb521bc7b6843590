import { existsSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Context } from '../../src/commands/command.ts'
import { exportCommand } from '../../src/commands/export.ts'
import { systemClock } from '../../src/core/clock.ts'
import type { RunEvent } from '../../src/core/events.ts'
import type { Provider } from '../../src/core/provider.ts'
import { openJournal } from '../../src/journal/open.ts'
import { wordsOf } from '../../src/language/words.ts'
import { createMailArchive } from './mail-archive.ts'

let archive: Awaited<ReturnType<typeof createMailArchive>>
let events: RunEvent[]
let said: string
beforeEach(async () => {
  archive = await createMailArchive([
    { id: 'a', raw: 'Subject: a\r\n\r\na\r\n', labels: ['Inbox'] },
    { id: 'b', raw: 'Subject: b\r\n\r\nb\r\n', labels: ['Work'] },
  ])
  events = []
  said = ''
})
afterEach(() => archive.dispose())

/** What the command asks of its context; everything else is out of its reach: no account, no network, no settings. */
function context(holds = 'mail'): Context {
  const part: Partial<Context> = {
    clock: systemClock,
    emit: (event) => events.push(event),
    signal: new AbortController().signal,
    words: wordsOf('en'),
    out: (text) => {
      said += text
    },
    openForReading: async () => ({
      archive: archive.archive,
      journal: openJournal(archive.archive.journalFile, { access: 'read' }),
    }),
    providers: [{ id: 'x', sources: [{ id: 'mail', holds }] } as unknown as Provider],
    cwd: tmpdir(),
  }
  return part as Context
}
const run = (args: string[], options: Record<string, string | boolean | string[]>, where = context()) =>
  exportCommand.run(where, args, options)

test('exports mail without account and network, by what a source holds', async () => {
  expect(await run(['mail'], { format: 'mbox', to: archive.to })).toBe(0)
  expect(existsSync(archive.in('All mail.mbox'))).toBe(true)
  expect(said).toContain('someone/mail: 2 messages')
  expect(events.at(-1)).toMatchObject({
    event: 'summary',
    command: 'export',
    status: 0,
    details: { exported: { 'someone/mail': { messages: 2 } } },
  })
  expect(await run(['mail', 'someone'], { format: 'maildir', to: archive.in('deep', 'Maildir'), label: ['Work'] })).toBe(0)
  expect(existsSync(archive.in('deep', 'Maildir', '.Work', 'cur'))).toBe(true)
  await expect(run(['mail'], { format: 'mbox', to: archive.to }, context('files'))).rejects.toMatchObject({
    kind: 'settings',
    message: 'no mail is in this archive',
  })
})

test('what is damaged or not saved yet leads to status 3', async () => {
  rmSync(archive.archive.absolute('data/someone/mail/2025/04/a.eml'))
  expect(await run(['mail'], { format: 'mbox', to: archive.to })).toBe(3)
  expect(said).toContain('1 message left out')
  const { journal } = archive
  const item = journal.find(journal.source('someone/mail'), 'b')!
  journal.setState(item.n, 'pending', 2)
  journal.unsave(item.n, 'file')
  expect(await run(['mail'], { format: 'mbox', to: archive.to })).toBe(3)
  expect(said).toContain('1 message not saved yet')
})

test.each([
  [['calendar'], { format: 'mbox', to: 'x' }, 'only mail can be exported, not calendar'],
  [['mail'], { to: 'x' }, '--format is mbox or maildir'],
  [['mail'], { format: 'pst', to: 'x' }, '--format is mbox or maildir, not pst'],
  [['mail'], { format: 'mbox' }, '--to is missing: the folder to write into'],
  [['mail', 'other'], { format: 'mbox', to: 'x' }, 'no mail of other is in this archive'],
  [['mail'], { format: 'maildir', to: 'x', eachLabel: true }, '--each-label is for mbox, and without --label'],
])('wrong usage: %j %j', async (args, options, message) => {
  await expect(run(args, options)).rejects.toMatchObject({ kind: 'settings', message })
})
