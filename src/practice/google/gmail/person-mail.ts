import type { MailboxModel } from './mailbox-model.ts'
import { mailCases } from './odd-mail.ts'
import { addOrdinaryMail } from './ordinary-mail.ts'

export { mailCases } from './odd-mail.ts'

/** Ids of what tests and the practice journey come back to. */
export interface PracticeMail {
  /** By the names of {@link mailCases}: the message that the name speaks of. */
  readonly cases: ReadonlyMap<string, string>
  readonly registrations: readonly string[]
  readonly receipts: readonly string[]
  /** Labels by name. */
  readonly labels: ReadonlyMap<string, string>
}

/** Names of the person's labels, besides those that a case brings. */
const labelNames = [
  'Receipts',
  'University',
  'University/Seminar',
  '大学/研究室/卒業論文',
  'Freunde & Familie/Müller "Zoë"',
  '📚 To read',
  'Empty',
  'INBOX/not the inbox',
] as const

/**
 * Fills a mailbox as a student might have it at the end of her time: some two hundred ordinary messages over seven years, labels, filters of
 * which one forwards, an auto-forwarding, a signature, an absence, and every case of {@link mailCases}.
 */
export function fillPracticeMailbox(model: MailboxModel): PracticeMail {
  const labels = new Map<string, string>(labelNames.map((name) => [name, model.addLabel(name).id]))
  const label = (name: (typeof labelNames)[number]) => labels.get(name) ?? ''
  const { registrations, receipts } = addOrdinaryMail(model, 200, {
    receipts: label('Receipts'),
    university: label('University/Seminar'),
    friends: label('Freunde & Familie/Müller "Zoë"'),
  })
  const cases = new Map(mailCases.map(({ name, add }) => [name, add(model).id]))
  const thesis = cases.get('several scripts') ?? ''
  model.setLabels(thesis, ['INBOX', label('大学/研究室/卒業論文'), label('📚 To read'), label('INBOX/not the inbox')])
  for (const { id, name, type } of model.labels()) if (type === 'user') labels.set(name, id)
  addSettings(model, label('Receipts'))
  return { cases, registrations, receipts, labels }
}

/** The ways out of the account that are easily forgotten: an auto-forwarding, and a filter that forwards. */
function addSettings({ settings, email }: MailboxModel, receipts: string): void {
  settings.forwardingAddresses.push(
    { forwardingEmail: 'hana.private@example.org', verificationStatus: 'accepted' },
    { forwardingEmail: 'never.confirmed@example.org', verificationStatus: 'pending' },
  )
  settings.autoForwarding = { enabled: true, emailAddress: 'hana.private@example.org', disposition: 'leaveInInbox' }
  settings.filters.push(
    {
      id: 'ANe1BmjReceipts',
      criteria: { subject: 'receipt', hasAttachment: false },
      action: { addLabelIds: [receipts], removeLabelIds: ['INBOX'] },
    },
    { id: 'ANe1BmjForwards', criteria: { from: 'midori-bank.example' }, action: { forward: 'hana.private@example.org' } },
    { id: 'ANe1BmjNeverSpam', criteria: { query: 'list:(news.lamp-club.example)' }, action: { removeLabelIds: ['SPAM'] } },
  )
  settings.sendAs = [
    {
      sendAsEmail: email,
      displayName: '花 / Hana',
      replyToAddress: '',
      signature: '<div><b>Hana</b><br>文学部</div>',
      isPrimary: true,
      isDefault: true,
    },
    {
      sendAsEmail: 'choir@example.org',
      displayName: 'University Choir',
      replyToAddress: 'choir-reply@example.org',
      signature: '',
      treatAsAlias: true,
      verificationStatus: 'accepted',
      smtpMsa: { host: 'smtp.example.org', port: 587, securityMode: 'starttls' },
    },
  ]
  settings.vacation = {
    enableAutoReply: true,
    responseSubject: 'I have left the university',
    responseBodyHtml: '<p>Please write to hana.private@example.org.</p>',
    restrictToContacts: false,
    restrictToDomain: false,
    startTime: String(Date.parse('2026-03-31T15:00:00Z')),
  }
  settings.language = { displayLanguage: 'ja' }
}
