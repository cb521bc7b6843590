import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold } from '../../src/archive/names.ts'
import { maildirFolders } from '../../src/export/maildir-folders.ts'
import { modifiedUtf7 } from '../../src/export/modified-utf7.ts'
import { encodeHeader, takeoutHeaders } from '../../src/export/takeout-headers.ts'

const flags = { seen: true, flagged: false, draft: false }

test.each([
  ['Work', 'Work'],
  ['R&D', 'R&-D'],
  ['予定', '&Tohbmg-'],
  ['Entwürfe', 'Entw&APw-rfe'],
  ['😀', '&2D3eAA-'],
  ['~peter/mail/台北/日本語', '~peter/mail/&U,BTFw-/&ZeVnLIqe-'], // the example of RFC 3501
])('%s is %s in modified UTF-7', (name, encoded) => {
  expect(modifiedUtf7(name)).toBe(encoded)
})

describe('folders of a Maildir', () => {
  const of = (...labels: string[]) => labels.map((label) => maildirFolders(labels).of(label))
  test('nest, and keep apart what would be one', () => {
    expect(of('Inbox', 'Work', 'Work/A', 'Work/A/b.c')).toEqual(['', '.Work', '.Work.A', '.Work.A.b&,w4-c'])
    expect(of('a', 'A')).toEqual(['.a (ca978112)', '.A'])
    expect(of('Inbox/Later', 'INBOX', 'Inbox ')).toEqual(['.INBOX.Later', '', expect.stringMatching(/^\.Inbox \([0-9a-f]{8}\)$/)])
    expect(maildirFolders(['Archived']).archived).toMatch(/^\.Archived \([0-9a-f]{8}\)$/)
    expect(maildirFolders([]).archived).toBe('.Archived')
  })
  test('are never the same for two labels, never too long, and do not depend on the order', () => {
    const part = fc.oneof(
      fc.constantFrom(
        'a',
        'A',
        'a.b',
        'a\uff0eb',
        'é',
        'e\u0301',
        '',
        ' ',
        '.',
        '..',
        '~',
        '~x',
        'cur',
        '深'.repeat(70),
        '深'.repeat(71),
        'x'.repeat(200),
        'inbox',
        'Archived',
        'a/b',
      ),
      fc.string({ unit: 'binary', maxLength: 12 }),
    )
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')),
          { maxLength: 12 },
        ),
        (labels) => {
          const folders = maildirFolders(labels)
          const placed = labels.filter((label) => !/^inbox$/i.test(label)).map((label) => folders.of(label))
          const all = [...placed, folders.archived]
          expect(new Set(all.map(fold)).size).toBe(all.length)
          for (const folder of all) {
            expect(folder).toMatch(/^\.[ -~]+$/)
            expect(folder).not.toMatch(/[/\\:*?"<>|]|\.\.|\.$/)
            expect(folder.length).toBeLessThanOrEqual(240)
          }
          const turned = maildirFolders(labels.toReversed())
          expect(labels.map((label) => turned.of(label))).toEqual(labels.map((label) => folders.of(label)))
        },
      ),
    )
  })
})

describe('headers before a message', () => {
  test('say what is known', () => {
    expect(takeoutHeaders({ labels: ['Inbox'], flags, thread: '1978c0ffee123456' })).toBe(
      `X-GM-THRID: ${0x1978c0ffee123456n}\nX-Gmail-Labels: Inbox,Opened\n`,
    )
    expect(takeoutHeaders({ labels: ['a, b', 'c "d", e'], flags: { ...flags, seen: false, flagged: true } })).toBe(
      'X-Gmail-Labels: "a, b","c \\"d\\", e",Starred,Unread\n',
    )
  })
  test('cannot be broken out of, and come back whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (value) => {
        const lines = encodeHeader(value).split('\n')
        expect(lines.every((line) => /^[ -~]*$/.test(line) && line.length <= 900)).toBe(true)
        const decoded = lines.map((line) =>
          line
            .trimStart()
            .replace(/^=\?UTF-8\?Q\?(.*)\?=$/, (_, word: string) =>
              word.replaceAll('_', ' ').replace(/=(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
            ),
        )
        const encoded = lines[0]!.startsWith('=?')
        expect(encoded ? Buffer.from(decoded.join(''), 'latin1').toString() : lines[0]).toBe(value.toWellFormed())
      }),
    )
  })
})
