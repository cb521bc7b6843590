import { pdf } from '../../content/pdf.ts'
import { png } from '../../content/picture.ts'
import { texts } from '../../content/text.ts'
import { base64Lines, composeMail, encodedWord, mailDate } from './compose-mail.ts'
import { at, bytes, fromBase64, head, kenji, lines, type MailCase, plain, simple } from './mail-case.ts'

const scripts = composeMail({
  from: '森 賢治 <kenji@example.ac.jp>',
  subject: '読書室 · مصباح · Λάμπα · दीपक · 💡 family 👨‍👩‍👧‍👦',
  date: at('2021-02-03'),
  text: Object.values(texts).join('\n'),
})

const brokenMime = lines(
  head('2021-04-01', 'Broken MIME', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="never closed'),
  '',
  '--never closed',
  'Content-Type: text/plain; charset=no-such-charset',
  'Content-Transfer-Encoding: base64',
  '',
  'This is % not & base64 at all ===',
  '--never closed',
  'Content-Type: image/png',
  'Content-Transfer-Encoding: base64',
  '',
  'iVBORw0KGgo=',
)

const html = composeMail({
  from: 'Lamp Club <news@lamp-club.example>',
  subject: 'The lamp, in colour',
  date: at('2021-03-04'),
  text: 'The lamp is lit.',
  html: '<!doctype html><html><body style="color:#333"><h1>The lamp is lit</h1><p>From the first in the morning.</p><img src="cid:lamp"></body></html>',
  headers: ['List-Unsubscribe: <https://lamp-club.example/leave>', 'List-Id: <news.lamp-club.example>'],
})

const attachments = composeMail({
  from: kenji,
  subject: 'Minutes and a plot',
  date: at('2021-03-01'),
  text: 'Two files, one of them with a Japanese name.',
  attachments: [
    { name: '議事録.pdf', type: 'application/pdf', bytes: pdf(['Minutes']) },
    { name: 'plot.png', type: 'image/png', bytes: png(40, 30, 5) },
  ],
})

const forwarded = lines(
  head('2021-03-08', 'Fwd: Minutes', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="fwd"'),
  '',
  '--fwd',
  plain,
  '',
  'See below.',
  '--fwd',
  'Content-Type: message/rfc822',
  '',
  head('2021-03-02', 'Minutes', plain),
  '',
  'The minutes.',
  '--fwd--',
  '',
)

/** Messages that are odd in their bytes. */
export const oddBytes: readonly MailCase[] = [
  simple('several scripts', '2021-02-03', scripts),
  simple('attachments', '2021-03-01', attachments),
  simple('HTML', '2021-03-04', html, { labelIds: ['INBOX', 'CATEGORY_PROMOTIONS'] }),
  simple('a forwarded message inside', '2021-03-08', forwarded),
  simple('broken MIME', '2021-04-01', brokenMime),
  simple(
    'ISO-2022-JP subject',
    '2021-04-02',
    bytes(
      head(
        '2021-04-02',
        '=?ISO-2022-JP?B?GyRCMnE1RCROJCpDTiRpJDsbKEI=?=',
        'Content-Type: text/plain; charset=ISO-2022-JP',
        'Content-Transfer-Encoding: 7bit',
      ),
      '\r\n\r\n',
      fromBase64(
        'GyRCJU8lSk1NGyhCDQoNChskQk1oPTUkTjJxNUQkTzJQTUtGfCROOGE4ZTswO34kKyRpJEckOSEjPmw9aiRPP149cTRbJE5GczMsJEckOSEjGyhCDQoNChskQj85GyhCDQo=',
      ),
    ),
  ),
  simple(
    'raw ISO-2022-JP subject',
    '2021-04-03',
    bytes(
      head('2021-04-03', undefined),
      '\r\nSubject: ',
      fromBase64('GyRCMnE1RCROJCpDTiRpJDsbKEI='),
      '\r\nContent-Type: text/plain; charset=ISO-2022-JP\r\n\r\n',
      fromBase64('GyRCPzkbKEINCg=='),
    ),
  ),
  simple(
    'raw 8-bit subject',
    '2021-04-04',
    bytes(
      head('2021-04-04', undefined),
      '\r\nSubject: ',
      fromBase64('jsqQXoLMjI8='),
      '\r\nContent-Type: text/plain; charset=Shift_JIS\r\nContent-Transfer-Encoding: 8bit\r\n\r\n',
      fromBase64('jsqQXoLwkZeC6ILcgreBQg0K'),
    ),
  ),
  simple(
    'raw Latin-1 in From and subject',
    '2021-04-05',
    Buffer.from(
      lines(
        `Date: ${mailDate(at('2021-04-05'))}`,
        'From: Zoë Müller <zoe@example.ch>',
        'To: hana@example.ac.jp',
        'Subject: Grüße aus Zürich',
        '',
        'Schöne Grüße!',
        '',
      ),
      'latin1',
    ),
  ),
  simple('raw UTF-8 subject', '2021-04-06', lines(head('2021-04-06', '図書館の本 📚', plain), '', 'The book is back.', '')),
  simple(
    'lines starting with "From "',
    '2021-04-07',
    lines(
      head('2021-04-07', 'From here to there', plain),
      '',
      'From the beginning:',
      '>From a quotation',
      '>>From a quotation of one',
      ' From with a space in front',
      'From kenji@example.ac.jp Wed Apr  7 07:15:00 2021',
      '',
      'From the end',
    ),
  ),
  simple(
    'bare LF',
    '2021-04-08',
    `${head('2021-04-08', 'Bare LF', plain).replace(/\r\n/g, '\n')}\n\none\ntwo\r\nthree\n\nfour\n`,
  ),
  simple('bare CR and no end of line', '2021-04-09', lines(head('2021-04-09', 'Bare CR', plain), '', 'one\rtwo', 'no end')),
  simple(
    'missing date',
    '2021-04-10',
    lines(`From: ${kenji}`, 'To: hana@example.ac.jp', 'Subject: No date', plain, '', 'When was it?', ''),
  ),
  simple(
    'date that is none',
    '2021-04-11',
    lines('Date: yesterday, I think', `From: ${kenji}`, 'Subject: Bad date', plain, '', 'Really.', ''),
  ),
  simple('imported, dated before 1970', '2021-04-12', lines(head('2021-04-12', 'From the attic', plain), '', 'Old.', ''), {
    internalDate: Date.parse('1969-07-20T20:17:40Z'),
    labelIds: [],
  }),
  // Imports may claim anything; this one is beyond what a Date of JavaScript can be.
  simple('internal date that is none', '2021-04-14', lines(head('2021-04-14', 'Far future', plain), '', 'Claimed.', ''), {
    internalDate: 8_700_000_000_000_000,
  }),
  simple('internal date of another year', '2021-04-13', lines(head('2011-04-13', 'Imported', plain), '', 'Ten years off.', '')),
  simple('without headers', '2021-06-02', '\r\nOnly a body, which begins with an empty line.\r\n'),
  simple('without headers and without an empty line', '2021-06-03', 'Nothing but this: text\r\nand no end'),
  simple('headers only', '2021-06-04', `${head('2021-06-04', 'No body', plain)}\r\n`),
  simple(
    'NUL bytes and a very long line',
    '2021-06-06',
    lines(head('2021-06-06', 'NUL \0 here', plain), '', `a\0b${'x'.repeat(30_000)}`, ''),
  ),
  simple(
    'very many headers',
    '2021-06-07',
    lines(
      ...Array.from({ length: 400 }, (_, index) => `X-Hop-${index}: ${'h'.repeat(60)}`),
      head('2021-06-07', 'Hops', plain),
      '',
      'Far.',
      '',
    ),
  ),
  simple(
    'address in a subject that is a path',
    '2021-06-08',
    lines(head('2021-06-08', '../../etc/passwd: CON \\ <a|b>?*', plain), '', '.', ''),
  ),
  simple('no subject', '2021-06-09', lines(head('2021-06-09', undefined, plain), '', 'None.', '')),
  simple(
    'very long subject',
    '2021-06-10',
    lines(head('2021-06-10', encodedWord('長い件名'.repeat(120)), plain), '', 'Long.', ''),
  ),
  simple(
    'signed (S/MIME)',
    '2021-06-11',
    lines(
      head(
        '2021-06-11',
        'Signed',
        'MIME-Version: 1.0',
        'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary="s"',
      ),
      '',
      '--s',
      plain,
      '',
      'Every byte of this matters. ',
      '--s',
      'Content-Type: application/pkcs7-signature; name="smime.p7s"',
      'Content-Transfer-Encoding: base64',
      '',
      base64Lines(Buffer.alloc(300, 7)),
      '--s--',
      '',
    ),
  ),
]
