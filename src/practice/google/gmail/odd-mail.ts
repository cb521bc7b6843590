import { pdf } from '../../content/pdf.ts'
import { png } from '../../content/picture.ts'
import { texts } from '../../content/text.ts'
import { base64Lines, composeMail, encodedWord, mailDate } from './compose-mail.ts'
import type { GeneratedMail } from './mail-content.ts'
import type { MailboxModel, MailMessage, MessageOptions } from './mailbox.ts'

/** A message of which a backup may trip, and why. */
export interface MailCase {
  readonly name: string
  /** Adds it; the last message that it returns is the one that the name speaks of. */
  add(model: MailboxModel): MailMessage
}

const kenji = 'Kenji Mori <kenji@example.ac.jp>'
const at = (day: string) => Date.parse(`${day}T07:15:00Z`)
const base64 = (text: string) => Buffer.from(text, 'base64')
const lines = (...parts: readonly string[]) => parts.join('\r\n')
const bytes = (...parts: readonly (string | Uint8Array)[]) => Buffer.concat(parts.map((part) => Buffer.from(part)))

/** Headers in ASCII, of a message from Kenji. */
const head = (day: string, subject: string | undefined, ...more: readonly string[]) =>
  lines(
    `Message-ID: <odd.${day}@example.ac.jp>`,
    `Date: ${mailDate(at(day))}`,
    `From: ${kenji}`,
    'To: hana@example.ac.jp',
    ...(subject === undefined ? [] : [`Subject: ${subject}`]),
    ...more,
  )
const plain = 'Content-Type: text/plain; charset=us-ascii'

const simple = (name: string, day: string, content: Uint8Array | string, options: MessageOptions = {}): MailCase => ({
  name,
  add: (model) => model.add(content, { internalDate: at(day), ...options }),
})

/** A message with one attachment of `count` lines of base64, made while it is read. */
export function mailOfLines(day: string, subject: string, seed: number, count: number): GeneratedMail {
  const headers = lines(
    head(day, subject, 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="big"'),
    '',
    '--big',
    plain,
    '',
    'The recordings are attached.',
    '--big',
    'Content-Type: application/octet-stream; name="recording.bin"',
    'Content-Disposition: attachment; filename="recording.bin"',
    'Content-Transfer-Encoding: base64',
  )
  const tail = '--big--\r\n'
  return { size: headers.length + 4 + count * 78 + tail.length, seed, headers, tail }
}
/** Lines of an attachment that make a message of 24 MB. */
const linesOf24Megabytes = Math.ceil((24 * 1_000_000) / 78)

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

/** By name every message that a backup of mail may trip over. */
export const mailCases: readonly MailCase[] = [
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
      base64(
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
      base64('GyRCMnE1RCROJCpDTiRpJDsbKEI='),
      '\r\nContent-Type: text/plain; charset=ISO-2022-JP\r\n\r\n',
      base64('GyRCPzkbKEINCg=='),
    ),
  ),
  simple(
    'raw 8-bit subject',
    '2021-04-04',
    bytes(
      head('2021-04-04', undefined),
      '\r\nSubject: ',
      base64('jsqQXoLMjI8='),
      '\r\nContent-Type: text/plain; charset=Shift_JIS\r\nContent-Transfer-Encoding: 8bit\r\n\r\n',
      base64('jsqQXoLwkZeC6ILcgreBQg0K'),
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
  simple('internal date of another year', '2021-04-13', lines(head('2011-04-13', 'Imported', plain), '', 'Ten years off.', '')),
  { name: '24 MB', add: (model) => addBig(model, '2022-05-05', 1) },
  { name: 'another of 24 MB', add: (model) => addBig(model, '2022-05-06', 2) },
  {
    name: 'byte-equal duplicates',
    add(model) {
      const twice = lines(head('2021-05-01', 'Twice', plain), '', 'The same bytes.', '')
      model.add(twice, { internalDate: at('2021-05-01') })
      return model.add(twice, { internalDate: at('2021-05-01') + 2000 })
    },
  },
  {
    name: 'one Message-ID, two messages',
    add(model) {
      const first = model.add(lines(head('2021-05-02', 'Plan', plain), '', 'The plan.', ''), { internalDate: at('2021-05-02') })
      const second = lines(head('2021-05-02', 'Plan', plain), '', 'The plan, changed on its way.', '')
      return model.add(second, { internalDate: at('2021-05-02') + 5000, after: first.id })
    },
  },
  {
    name: 'draft',
    add: (model) =>
      model.addDraft(
        composeMail({
          from: model.email,
          to: 'kenji@example.ac.jp',
          subject: 'Unfinished',
          date: at('2025-06-01'),
          text: 'Dear',
        }),
        {
          internalDate: at('2025-06-01'),
        },
      ),
  },
  {
    name: 'chat',
    add(model) {
      const chat = model.addChat('kenji@example.ac.jp', 'lunch?', { internalDate: at('2016-05-05') })
      return model.addChat('hana@example.ac.jp', 'はい！', { internalDate: at('2016-05-05') + 40_000, after: chat.id })
    },
  },
  simple('listed and then 404', '2021-06-01', lines(head('2021-06-01', 'Gone', plain), '', 'Deleted meanwhile.', ''), {
    faults: { gone: 'once' },
  }),
  simple('without headers', '2021-06-02', '\r\nOnly a body, which begins with an empty line.\r\n'),
  simple('without headers and without an empty line', '2021-06-03', 'Nothing but this: text\r\nand no end'),
  simple('headers only', '2021-06-04', `${head('2021-06-04', 'No body', plain)}\r\n`),
  simple('raw that is not base64url once', '2021-06-05', lines(head('2021-06-05', 'Spoilt', plain), '', 'On its way.', ''), {
    faults: { badRaw: 1 },
  }),
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
  {
    name: 'sent, with Bcc',
    add: (model) =>
      model.add(
        composeMail({
          from: model.email,
          to: 'kenji@example.ac.jp',
          subject: 'Surprise',
          date: at('2023-03-03'),
          text: 'Do not tell him.',
          headers: ['Bcc: mori@example.ac.jp'],
        }),
        { internalDate: at('2023-03-03'), labelIds: ['SENT'] },
      ),
  },
  simple('archived, with no label at all', '2020-01-05', lines(head('2020-01-05', 'Archived', plain), '', 'Kept.', ''), {
    labelIds: [],
  }),
  simple('spam', '2026-01-07', lines(head('2026-01-07', 'You have won', plain), '', 'Nothing.', ''), {
    labelIds: ['SPAM', 'UNREAD'],
  }),
  simple('trash', '2026-01-08', lines(head('2026-01-08', 'Thrown away', plain), '', 'Away.', ''), { labelIds: ['TRASH'] }),
  simple('starred in yellow, important, unread', '2024-01-09', lines(head('2024-01-09', 'Star', plain), '', '*', ''), {
    labelIds: ['INBOX', 'STARRED', 'YELLOW_STAR', 'IMPORTANT', 'UNREAD'],
  }),
  {
    name: 'two labels that give one Maildir folder name',
    add(model) {
      const slash = model.addLabel('Work/Plans')
      const dot = model.addLabel('Work.Plans')
      const add = (label: string, minute: number) =>
        model.add(lines(head('2022-02-02', `Plans ${minute}`, plain), '', 'Plans.', ''), {
          internalDate: at('2022-02-02') + minute * 60_000,
          labelIds: [label],
        })
      add(slash.id, 1)
      return add(dot.id, 2)
    },
  },
]

function addBig(model: MailboxModel, day: string, seed: number): MailMessage {
  return model.add(mailOfLines(day, `Recording ${seed}`, seed, linesOf24Megabytes), {
    internalDate: at(day),
    labelIds: ['INBOX', 'UNREAD'],
  })
}
