import { composeMail } from './compose-mail.ts'
import { at, head, lines, type MailCase, mailOfLines, plain, simple } from './mail-case.ts'
import type { MailboxModel, MailMessage } from './mailbox-model.ts'
import { oddBytes } from './odd-bytes.ts'

/** Lines of an attachment that make a message of 24 MB. */
const linesOf24Megabytes = Math.ceil((24 * 1_000_000) / 78)

/** By name every message that a backup of mail may trip over. */
export const mailCases: readonly MailCase[] = [
  ...oddBytes,
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
  simple('raw that is not base64url once', '2021-06-05', lines(head('2021-06-05', 'Spoilt', plain), '', 'On its way.', ''), {
    faults: { badRaw: 1 },
  }),
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
