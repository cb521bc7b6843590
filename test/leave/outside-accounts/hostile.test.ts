import { expect, test } from 'vitest'
import { examine } from '../../../src/leave/outside-accounts/examine.ts'
import { headBytes } from '../../../src/leave/outside-accounts/read-head.ts'
import { mail, own } from './mail.ts'

const filled = (text: string) => text.repeat(Math.ceil(90_000 / text.length))
const from = 'Cloudbox <no-reply@cloudbox.example>'

test.each([
  '<a ',
  '<',
  '<a href="',
  '<a href="x">',
  '&#',
  '<!--',
  '<style',
  '\n',
  '\n>',
  '-',
  '(',
  'https://)',
  'a@',
  ' ',
  'あ ',
  'reset your ',
  '12',
  'no-',
  '<br ',
])('a body of nothing but %j takes no time', async (text) => {
  const began = performance.now()
  for (const kind of ['text', 'html'] as const)
    await examine(mail({ from, subject: 'Confirm your email address', [kind]: filled(text) }), own)
  await examine(
    mail({
      from: `${filled(text).replace(/[\r\n]/g, '')} <no-reply@cloudbox.example>`,
      subject: filled(text).replace(/[\r\n]/g, ''),
    }),
    own,
  )
  expect(performance.now() - began).toBeLessThan(4000)
})

test.each([
  ['nothing', ''],
  ['no header', '\r\n\r\nWelcome'],
  ['no colon', 'rubbish\r\nrubbish'],
  [
    'an odd character set',
    'From: a <no-reply@a.example>\r\nSubject: =?klingon?B?AAAA?= welcome\r\nContent-Type: text/plain; charset=klingon\r\n\r\n\xff\xfe',
  ],
  [
    'cut off within a part',
    'From: a <no-reply@a.example>\r\nSubject: Welcome\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPGEgaHJ',
  ],
  [
    'parts within parts',
    `From: a <no-reply@a.example>\r\nSubject: Welcome\r\n${'Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n'.repeat(2000)}`,
  ],
  ['a header without end', `From: a <no-reply@a.example>\r\nX: ${'a'.repeat(headBytes)}`],
  ['an odd address', 'From: <@>\r\nSubject: Welcome\r\n\r\n'],
])('%s is read without an error', async (_what, raw) => {
  await expect(examine(Buffer.from(raw, 'latin1'), own)).resolves.not.toThrow()
})
