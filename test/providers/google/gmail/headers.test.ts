import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createHeaderCollector, readHeaders } from '../../../../src/providers/google/gmail/headers.ts'

const latin = (text: string) => Buffer.from(text, 'latin1')
const iso2022jp = (text: string) => latin(`Subject: ${text}\r\n`)

describe('headers of a message', () => {
  test.each<[string, Buffer, string | undefined]>([
    ['plain', latin('Subject: Hello\r\n'), 'Hello'],
    ['folded', latin('Subject: one\r\n two\r\n\tthree\r\n'), 'one two three'],
    ['lower case, no blank', latin('subject:Hello\r\n'), 'Hello'],
    ['bare LF', latin('From: a@b.example\nSubject: Hello\n'), 'Hello'],
    [
      'encoded UTF-8 in two words that split a character',
      latin('Subject: =?utf-8?B?YeaX?=\r\n =?utf-8?B?peacrA==?=\r\n'),
      'a日本',
    ],
    ['encoded ISO-2022-JP', latin('Subject: =?ISO-2022-JP?B?GyRCRnxLXDhsGyhC?=\r\n'), '日本語'],
    ['quoted-printable', latin('Subject: =?iso-8859-1?Q?caf=E9_au_lait?=\r\n'), 'café au lait'],
    ['raw ISO-2022-JP', iso2022jp('\u001b$BF|K\\8l\u001b(B!'), '日本語!'],
    ['raw UTF-8', Buffer.from('Subject: Grüße 🎓\r\n'), 'Grüße 🎓'],
    ['raw 8-bit of no stated kind', latin('Subject: caf\u00e9\r\n'), 'café'],
    [
      'raw Shift_JIS, as the body says',
      latin('Content-Type: text/plain; charset="Shift_JIS"\r\nSubject: \u0093\u00fa\u0096\u007b\u008c\u00ea\r\n'),
      '日本語',
    ],
    ['a charset that nobody knows', latin('Content-Type: text/plain; charset=x-nobody\r\nSubject: caf\u00e9\r\n'), 'café'],
    ['controls and blanks', latin('Subject: a\u0000\u0007 \t  b\u007f\r\n'), 'a b'],
    ['empty', latin('Subject: \r\nFrom: a@b.example\r\n'), undefined],
    ['missing', latin('From: a@b.example\r\n'), undefined],
    ['no headers', latin(''), undefined],
  ])('subject: %s', async (_, block, subject) => {
    expect((await readHeaders(block)).subject).toBe(subject)
  })

  test('addresses, date and id', async () => {
    const block = Buffer.from(
      [
        'From: =?utf-8?Q?J=C3=B6rg?= <joerg@uni.example>',
        'To: "Doe, Jane" <jane@uni.example>, bare@uni.example,',
        ' Staff: a@uni.example, b@uni.example;',
        'Cc: c@uni.example',
        'Date: Mon, 2 Mar 2020 10:00:00 +0900',
        'Message-ID: <abc@uni.example>',
        'Received: from nowhere',
      ].join('\r\n'),
    )
    expect(await readHeaders(block)).toMatchObject({
      from: 'Jörg <joerg@uni.example>',
      to: 'Doe, Jane <jane@uni.example>, bare@uni.example, Staff: a@uni.example, b@uni.example;',
      cc: 'c@uni.example',
      messageId: '<abc@uni.example>',
    })
    expect((await readHeaders(block)).date).toBeDefined()
  })

  test('long values are shortened', async () => {
    const to = Array.from({ length: 5_000 }, (_, index) => `person${index}@uni.example`).join(',\r\n ')
    const headers = await readHeaders(latin(`To: ${to}\r\nSubject: after\r\n`))
    expect(headers.to).toHaveLength(1_000)
    expect(headers.subject).toBe('after')
  })

  test('whatever the bytes are, nothing is thrown', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom('', 'Subject: ', 'From: ', 'To: =?utf-8?B?'),
        async (bytes, start) => {
          for (const value of Object.values(await readHeaders(Buffer.concat([latin(start), bytes]))))
            expect(value).not.toMatch(/[\r\n\0]/)
        },
      ),
    )
  })

  test.each(['\r\n', '\n'])('the block ends at the first empty line, wherever pieces end', async (line) => {
    const message = latin(`Subject: right${line}X: y${line}${line}Subject: body${line}${line}Subject: more${line}`)
    for (let place = 0; place <= message.length; place++) {
      const collector = createHeaderCollector()
      collector.push(message.subarray(0, place))
      collector.push(message.subarray(place))
      expect((await collector.read()).subject).toBe('right')
    }
    const body = createHeaderCollector()
    body.push(latin(`${line}Subject: body${line}`))
    expect(await body.read()).toEqual({})
  })
})
