import { bytesOf } from '../backup/fake-source.ts'
import { type Mail, noon } from './mail-archive.ts'

const head = (id: string, subject = id) =>
  `From: Anna <anna@example.org>\r\nTo: b@example.org\r\nSubject: ${subject}\r\nMessage-ID: <${id}@example.org>\r\nDate: Mon, 7 Apr 2025 12:00:00 +0000\r\n`

/** Messages that exports tend to damage, each by what is special about it. */
export const awkwardMail: readonly Mail[] = [
  { id: 'far-future', raw: `${head('far-future')}\r\nlater\r\n`, labels: ['Sent'], received: 8e15 },
  { id: 'far-past', raw: `${head('far-past')}\r\nearlier\r\n`, labels: ['Sent'], received: -3e12 },
  { id: 'plain', raw: `${head('plain')}\r\nHello\r\n`, labels: ['Inbox'], flags: { seen: true }, thread: '18c0ffee' },
  {
    id: 'from-lines',
    raw: `${head('from-lines')}\r\nFrom me to you\r\n>From a quote\r\n>>From two\r\n> From a blank\r\nFromage\r\nx From y\r\n\r\nFrom Anna Thu Jan  1 00:00:00 1970\r\n\r\nend\r\n`,
    labels: ['Inbox', 'Work/Projects'],
  },
  { id: 'no-end', raw: `${head('no-end')}\r\nno line end`, labels: ['Work'] },
  { id: 'bare-lf', raw: `${head('bare-lf')}\r\none\ntwo\r\nthree\n`, labels: ['Work'] },
  { id: 'lone-cr', raw: `${head('lone-cr')}\r\nbar\rfoo\r\n`, labels: ['Work'] },
  {
    id: 'eight-bit',
    raw: Buffer.concat([Buffer.from(head('eight-bit')), Buffer.from('Subject: \xe9t\xe9\r\n\r\n\xff\xfe raw\r\n', 'latin1')]),
    labels: ['予定/会議'],
    flags: { flagged: true },
  },
  { id: 'no-body', raw: `${head('no-body')}\r\n`, labels: ['Sent'] },
  { id: 'header-only', raw: head('header-only'), labels: ['Sent'] },
  { id: 'no-header', raw: '\r\njust a body\r\n', labels: ['Drafts'], flags: { draft: true } },
  {
    id: 'content-length',
    raw: `${head('content-length')}Content-Length: 3\r\n\r\nContent-Length: 7\r\nFrom there on\r\n`,
    labels: ['Inbox'],
  },
  { id: 'long-line', raw: `${head('long-line')}\r\n${'x'.repeat(300_000)}\r\n`, labels: [] },
  {
    id: 'large',
    raw: Buffer.concat([
      Buffer.from(`${head('large')}\r\n`),
      Buffer.from(`${bytesOf(1_700_000).toString('base64').replace(/.{76}/g, '$&\r\n')}\r\nFrom the end\r\n`),
    ]),
    labels: ['Important', 'Category Updates'],
  },
  { id: 'twin-1', raw: `${head('twin')}\r\ntwin\r\n`, labels: ['Spam'] },
  { id: 'twin-2', raw: `${head('twin')}\r\ntwin\r\n`, labels: ['Trash'], flags: { trashed: true }, received: noon + 1000 },
  {
    id: 'dots',
    raw: `${head('dots')}\r\ndots\r\n`,
    labels: ['v1.2', 'v1\uff0e2', 'work', '~home', 'a & b', 'R&D/Q"1', 'Inbox/Later'],
  },
  {
    id: 'answered',
    raw: `${head('answered')}\r\nanswered\r\n`,
    labels: ['Culture, associations, été'],
    flags: { answered: true, seen: true, flagged: true },
  },
  {
    id: 'deep',
    raw: `${head('deep')}\r\ndeep\r\n`,
    labels: [
      `${'深'.repeat(60)}/${'い'.repeat(60)}/${'る'.repeat(60)}`,
      `${'深'.repeat(60)}/${'い'.repeat(60)}/${'る'.repeat(59)}ろ`,
    ],
  },
]
