import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { composeMail } from '../../src/practice/google/gmail/compose-mail.ts'
import { createMailbox } from '../../src/practice/google/gmail/mailbox.ts'
import { createDriveModel } from '../../src/practice/google/model.ts'
import { reportSchema } from '../../src/report/report-schema.ts'
import { type Cloud, startCloud } from './cloud.ts'
import { type Ended, run } from './program.ts'

const me = 'hanako@example.ac.jp'
const colleague = 'jiro@example.ac.jp'
const guest = 'guest@elsewhere.example'

const profile = `
name: { en: A University, ja: ある大学 }
lastDay: 2099-03-31
salvage: { text: { en: For a month on request, ja: 申請すれば一か月間 }, page: https://example.ac.jp/salvage }
accounts:
  google:
    domain: [example.ac.jp]
    forwarding: { days: 180, text: { en: Senders get no error., ja: 送信者にエラーは返りません。 }, page: https://example.ac.jp/mail }
others:
  - { title: { en: Terminals, ja: 端末 }, text: { en: Copy the home directory., ja: ホームをコピーしてください。 }, page: https://example.ac.jp/terminal }
`

async function begin() {
  const drive = createDriveModel({ email: me, name: 'Hanako' })
  drive.addPerson(colleague, 'Jiro')
  drive.addPerson(guest, 'Guest')
  const folder = drive.addFolder('研究データ')
  const thesis = drive.addFile('卒業論文.docx', 'a', { parent: folder.id, sharedWith: { [colleague]: 'writer' } })
  drive.addFile('for-guests.txt', 'b', { parent: folder.id, sharedWith: { [guest]: 'reader' } })
  drive.addFile('mine.txt', 'c')
  const mailbox = createMailbox({ email: me })
  mailbox.add(
    composeMail({
      from: 'Book Shop <welcome@book-shop.example>',
      to: me,
      subject: 'Welcome to Book Shop! Please confirm your e-mail address',
      date: Date.UTC(2024, 3, 5),
      text: 'Thank you for registering. Your account was created. Confirm: https://book-shop.example/confirm?x=1',
    }),
  )
  const cloud = await startCloud({
    drive,
    google: { mailbox },
    accounts: ['google'],
    sources: ['drive', 'gmail'],
    settings: 'profile: ./org.yaml',
    connect: false,
  })
  await writeFile(path.join(cloud.place.folder, 'org.yaml'), profile)
  return { cloud, mailbox, thesis }
}

const connect = async ({ place }: Cloud) => expect((await run(place, ['connect', 'google', '--yes'])).status).toBe(0)

interface Line {
  readonly event: string
  readonly about: string
  readonly section: string
  readonly state: string
  readonly what: string
  readonly why: string
  readonly next: readonly { readonly command?: string; readonly page?: string }[]
}
const events = ({ stdout }: Ended) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line & { readonly status?: number; readonly details?: unknown })
const linesOf = (ended: Ended) => events(ended).filter(({ event }) => event === 'checklist')
const stateOf = (ended: Ended, about: string) =>
  linesOf(ended)
    .filter((line) => line.about === about)
    .map(({ state }) => state)

test('from nothing to the end: what is to do becomes done as it is done', { timeout: 120_000 }, async () => {
  const { cloud, mailbox } = await begin()
  const { place } = cloud
  // Nobody is signed in and nothing is saved.
  const empty = await run(place, ['leave', '--json'])
  expect(empty.status).toBe(4)
  expect(stateOf(empty, 'backups-complete')).toEqual(['to-do'])
  expect(stateOf(empty, 'mail-forwarding')).toEqual(['unknown'])
  expect(linesOf(empty).find(({ about }) => about === 'not-signed-in')?.next).toEqual([{ command: 'holdall connect google' }])

  await connect(cloud)
  expect((await run(place, ['backup'])).status).toBe(0)
  const first = await run(place, ['leave', '--json'])
  expect(first.status).toBe(3)
  expect(events(first).at(-1)).toMatchObject({ event: 'summary', command: 'leave', status: 3 })
  const states = (ended: Ended) =>
    Object.fromEntries(
      [...Map.groupBy(linesOf(ended), ({ about }) => about)].map(([about, all]) => [
        about,
        all.map(({ state }) => state).join(' '),
      ]),
    )
  expect(states(first)).toEqual({
    'backups-complete': 'done',
    'backups-verified': 'to-do',
    'last-day': 'to-do',
    'archive-place': 'done',
    'second-copy': 'look',
    'mail-forwarding': 'to-do',
    'accounts-elsewhere': 'look',
    'account-elsewhere': 'look',
    'shared-files': 'to-do',
    'other-system': 'look',
    salvage: 'look',
  })
  const service = linesOf(first).find(({ about }) => about === 'account-elsewhere')
  expect(service).toMatchObject({ facts: { domain: 'book-shop.example' } })
  const shared = linesOf(first).find(({ about }) => about === 'shared-files')
  expect(shared).toMatchObject({
    what: 'google/drive/My Drive/研究データ',
    facts: { people: [colleague, guest], writers: [colleague] },
  })

  // It is turned on, to the very same account, and then elsewhere: read live, not from what was saved.
  mailbox.settings.autoForwarding = { enabled: true, emailAddress: 'hanako+x@example.ac.jp', disposition: 'leaveInInbox' }
  const own = await run(place, ['leave', '--json'])
  expect(stateOf(own, 'mail-forwarding')).toEqual(['to-do'])
  mailbox.settings.autoForwarding = { enabled: true, emailAddress: 'hanako@private.example', disposition: 'leaveInInbox' }
  expect((await run(place, ['verify', '--quiet'])).status).toBe(0)
  const disk = await mkdtemp(path.join(tmpdir(), 'holdall-second-'))
  onTestFinished(() => rm(disk, { recursive: true, force: true }))
  expect((await run(place, ['copy', path.join(disk, 'copy'), '--quiet'])).status).toBe(0)
  const later = await run(place, ['leave', '--json'])
  expect(states(later)).toMatchObject({ 'backups-verified': 'done', 'mail-forwarding': 'done' })
  // The temporary folder of a test may be a disk of its own, or not.
  const second = linesOf(later).find(({ about }) => about === 'second-copy')
  expect(['look', 'done']).toContain(second?.state)
  expect(second?.why).toContain(path.join(disk, 'copy'))

  // Signed out, the settings as saved are told, and the status says to sign in.
  expect((await run(place, ['disconnect', 'google'])).status).toBe(0)
  const out = await run(place, ['leave', '--json'])
  expect(out.status).toBe(4)
  expect(linesOf(out).find(({ about }) => about === 'mail-forwarding')?.why).toContain('As saved on')
  expect(cloud.misdeeds()).toEqual([])
})

test('both languages, the report, and a proposal that the transfer understands', { timeout: 120_000 }, async () => {
  const { cloud, thesis } = await begin()
  const { place } = cloud
  await connect(cloud)
  await run(place, ['backup'])
  const english = await run(place, ['leave'])
  expect(english.stdout).toContain('  TO DO       google: Forwarding of mail\n')
  expect(english.stdout).toContain('It goes on for 180 days after the last day, and then ends. Senders get no error.')
  expect(english.stdout).toContain('Terminals')
  expect(english.stderr).toBe('')
  const japanese = await run(place, ['leave', '--lang', 'ja'])
  expect(japanese.status).toBe(english.status)
  expect(japanese.stdout).toContain('  要対応  google: メールの転送\n')
  expect(japanese.stdout).toContain('最終日から 180 日間は転送が続き')
  expect(japanese.stdout).toContain('ホームをコピーしてください。')
  // Names of files are as they are.
  expect(japanese.stdout.replaceAll(/> data.*/g, '')).not.toMatch(/[A-Za-z]{3,} [a-z]{3,} [a-z]{3,}/)

  const report = reportSchema.parse(JSON.parse(await readFile(path.join(place.archive, 'report.json'), 'utf8')))
  expect(report.leaving?.lines.find(({ about }) => about === 'mail-forwarding')).toMatchObject({
    state: 'to-do',
    what: 'メールの転送',
  })
  const page = await readFile(path.join(place.archive, 'report.html'), 'utf8')
  expect(page).toContain('<h2 id="leaving">アカウントが終わる前に</h2>')
  // Where somebody has accounts is in no log.
  const logs = await run(place, ['support', '--to', path.join(place.folder, 'bundle.json')])
  expect(logs.status).toBe(0)
  expect(await readFile(path.join(place.folder, 'bundle.json'), 'utf8')).not.toContain('book-shop')
  expect((await run(place, ['verify'])).status).toBe(0)

  const plan = path.join(place.folder, 'plan.yaml')
  const proposed = await run(place, ['leave', '--propose', plan])
  expect(proposed.status).toBe(0)
  const text = await readFile(plan, 'utf8')
  expect(text).toContain(`id: ${thesis.id}`)
  expect(text).toContain('#   My Drive/研究データ/for-guests.txt')
  const dry = await run(place, ['leave', '--transfer', plan, '--dry-run'])
  expect(dry.stdout).toMatch(/卒業論文\.docx +jiro@example\.ac\.jp +becomes theirs/)
  const again = await run(place, ['leave', '--propose', plan])
  expect(again.status).toBe(2)
  expect(again.stderr).toContain('is there already, and is not overwritten')
  expect(await readFile(plan, 'utf8')).toBe(text)
  expect((await run(place, ['leave', '--propose', plan, '--transfer', plan])).status).toBe(2)
  expect(cloud.google.requests.filter(({ method, host }) => method !== 'GET' && host === 'www.googleapis.com')).toEqual([])
  expect(cloud.misdeeds()).toEqual([])
})
