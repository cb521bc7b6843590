import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { mailDetails } from '../../../../src/core/mail.ts'
import { mailCases } from '../../../../src/practice/google/gmail/odd-mail.ts'
import { gmail } from '../../../../src/providers/google/gmail/source.ts'
import { type Bench, createBench } from '../../../backup/bench-archive.ts'
import { swift } from '../swift-pages.ts'
import { type ConnectedMail, connectMail } from './mail-harness.ts'

let at: ConnectedMail
let bench: Bench
beforeEach(async () => {
  at = await connectMail({ budgets: swift, pageSize: 20 })
  bench = await createBench()
})
afterEach(async () => {
  await bench.dispose()
  await at.close()
})

const run = (settings = {}) =>
  bench.run(
    {},
    {
      sources: [
        {
          name: 'google/gmail',
          account: 'google',
          features: gmail.features,
          source: at.open(settings),
          shape: gmail.shape({ includeSpamTrash: false, ...settings }),
        },
      ],
    },
  )
const folder = () => join(bench.root, 'data', 'google', 'gmail')
const files = () =>
  readdirSync(folder(), { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder(), name)).isFile())
    .sort()
const details = (id: string) => {
  const source = bench.journal.findSource('google/gmail')!
  return JSON.parse(bench.journal.find(source, id)!.details) as Record<string, unknown>
}

test('a mailbox with every odd message: all saved byte for byte, a rerun downloads nothing, labels follow', async () => {
  for (const one of mailCases) if (!/404|base64url|24 MB/i.test(one.name)) one.add(at.mailbox)
  const all = [...at.mailbox.scan()]
  const wanted = all.filter(({ labelIds }) => !labelIds.includes('SPAM') && !labelIds.includes('TRASH'))
  const first = await run()
  expect(first.of('failed')).toEqual([])
  expect(first.status).toBe(0)
  expect(first.sources['google/gmail']).toMatchObject({
    failed: 0,
    pending: 0,
    excluded: all.length - wanted.length,
    unexportable: 1,
  })
  const names = files()
  for (const { id } of wanted) {
    const name = names.find((found) => found.endsWith(` ${id}.eml`))
    expect(name, id).toMatch(/^(\d{4}\/\d\d|no date)\//)
    expect(Buffer.compare(readFileSync(join(folder(), name!)), at.mailbox.bytes(id))).toBe(0)
    expect(mailDetails.safeParse(details(id)).error).toBeUndefined()
  }
  expect(names.filter((name) => name.endsWith('.eml'))).toHaveLength(wanted.length)
  expect(names).toContain('settings/filters.json')
  await bench.checkSound()

  at.practice.resetLog()
  const second = await run()
  expect(second.status).toBe(0)
  expect(second.sources['google/gmail']).toMatchObject({ saved: 0, failed: 0 })
  expect(at.practice.requests.some(({ call }) => call === 'gmail.users.messages.get')).toBe(false)
  expect(at.practice.requests.length).toBeLessThanOrEqual(13)
  expect(second.of('sealing')).toEqual([])

  const [one] = wanted
  at.mailbox.setLabels(one!.id, ['STARRED'])
  const fresh = at.mailbox.add(Buffer.from('Subject: fresh\r\n\r\n'), { internalDate: Date.UTC(2026, 10, 1) }).id
  const third = await run()
  expect(third.status).toBe(0)
  expect(third.sources['google/gmail']).toMatchObject({ saved: 1 })
  expect(details(one!.id)).toMatchObject({ labels: ['Starred'], thread: one!.threadId })
  expect(files()).toContain(`2026/11/2026-11-01 0000 fresh ${fresh}.eml`)

  at.mailbox.history.forget()
  at.practice.resetLog()
  const fourth = await run()
  expect(fourth.status).toBe(0)
  expect(at.practice.requests.some(({ call }) => call === 'gmail.users.messages.get')).toBe(false)
  expect(details(one!.id)).toMatchObject({ labels: ['Starred'] })
})

test.each([
  ['goes on where it was', false],
  ['begins anew, its page being refused', true],
])('a first listing that was cut off after downloads, and %s: labels that changed meanwhile follow', async (_, expired) => {
  const ids = Array.from({ length: 70 }, (_, n) => at.mailbox.add(Buffer.from(`Subject: ${n}\r\n\r\n`)).id)
  const open = at.open
  const stopped: ConnectedMail = {
    ...at,
    open(settings) {
      const source = open(settings)
      return {
        ...source,
        async *list(stream, since, known, signal) {
          for await (const page of source.list(stream, since, known, signal)) {
            yield page
            if (stream.id !== 'messages' || page.items.length === 0) continue
            while (saved().length < 10) await new Promise((resolve) => setTimeout(resolve, 5))
            bench.interrupt()
          }
        },
      }
    },
  }
  const saved = () =>
    ids.filter((id) => {
      const source = bench.journal.findSource('google/gmail')
      return source !== undefined && bench.journal.find(source, id)?.state === 'saved'
    })
  const plain = at
  at = stopped
  expect((await run()).status).toBe(130)
  at = plain
  const [early] = saved()
  const late = ids.filter((id) => !saved().includes(id))
  expect(late.length).toBeGreaterThan(20)
  at.mailbox.setLabels(early!, ['STARRED'])
  if (expired) {
    at.practice.expirePageTokens()
    at.mailbox.history.forget()
  }
  at.practice.resetLog()
  expect((await run()).status).toBe(0)
  expect(saved()).toHaveLength(70)
  expect(details(early!)).toMatchObject({ labels: ['Starred'] })
  // Downloaded once each.
  const taken = at.practice.requests.filter(({ call }) => call === 'gmail.users.messages.get').length
  expect(taken).toBe(late.length)
  await bench.checkSound()
})
