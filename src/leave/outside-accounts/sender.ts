import { first } from './header-fields.ts'
import { freeMail, mailers, paymentCompanies } from './known-domains.ts'
import type { Envelope, MessageFacts } from './message-facts.ts'

/** Local parts that programs and departments write from. */
const role =
  /^(?:.*[._+-])?(?:no-?_?reply|do-?_?not-?_?reply|donotreply|noreply|auto|automated|notif\w*|notice|alerts?|info|information|support|help\w*|service\w*|accounts?|security|verif\w*|confirm\w*|register|registration|regist|member\w*|welcome|hello|hi|team|news\w*|mail\w*|billing|invoice\w*|receipts?|orders?|payments?|shop|store|admin\w*|system|customer\w*|contact|login|signup|touroku|kaiin|order|reserv\w*|booking|shipping|editor\w*|submission\w*|office|mypage|web\w*|desk|updates?|marketing|magazine|campaign|robot|bot|cs|id|master|signin|auth\w*|otp|feedback|reply|email|message\w*|statements?|portal|e-?prints?|wiki|annai|kaitori|tickets?|crew|membership|direct|lib|library|em|www|mypage|staff|editor|journal|submit|uketsuke|madoguchi|statements|oshirase|jimukyoku|toiawase|entry|apply|kouhou|seikyu|hassou|haisou|yoyaku|reserve|club|center|app|official|concierge|reception|games?|ec|ebill|card|bank|delivery|tracking|jobs?|event\w*)(?:[._+-].*|\d*)$/

/** What in the header says that a program sent it: the more, the surer. 0 for most mail of people. */
export function automation({ fields, from, returnHost, replyTo }: Envelope): number {
  let signs = 0
  const local = from.address.slice(0, from.address.lastIndexOf('@'))
  if (role.test(local)) signs += 2
  if (isBulk({ fields })) signs += 2
  if (/^auto-generated/i.test(first(fields, 'auto-submitted'))) signs += 2
  for (const name of [
    'feedback-id',
    'x-ses-outgoing',
    'x-sg-eid',
    'x-mailgun-sid',
    'x-mandrill-user',
    'x-auto-response-suppress',
    'x-pm-message-id',
  ])
    if (fields.has(name)) signs += 1
  if (
    mailers.has(from.organisation) ||
    /(?:bounce|mailer|return|envelope|sendgrid|amazonses)/i.test(first(fields, 'return-path'))
  )
    signs += 1
  if (returnHost !== '' && returnHost !== from.host && !freeMail.has(from.host)) signs += 0.5
  if (replyTo !== undefined && /no-?_?reply/.test(replyTo.address)) signs += 1
  if (
    /^(?:mail|email|e|em|news|notify|notifications?|info|mailer|m|reply|send|post|mag|mkt|alerts?|account|id|accounts|noreply|mg)\./.test(
      from.host,
    )
  )
    signs += 1
  return signs
}

export const isBulk = ({ fields }: Pick<Envelope, 'fields'>): boolean =>
  fields.has('list-unsubscribe') || fields.has('list-id') || /^(bulk|list|junk)/i.test(first(fields, 'precedence'))

/** A free mail address that no service writes from; some providers write from the domain that their customers have, too. */
export const isPersonsAddress = (envelope: Envelope): boolean => freeMail.has(envelope.from.host) && automation(envelope) < 2

/**
 * Whether it is a person's, a machine's answer to the person, or on its way round: never evidence, whatever it quotes. `whole`: also what the body shows.
 */
export function isCorrespondence(envelope: Envelope, whole?: MessageFacts): boolean {
  const { fields, subject, from } = envelope
  if (/^auto-replied/i.test(first(fields, 'auto-submitted')) || fields.has('x-autoreply') || fields.has('x-autorespond'))
    return true
  if (/^(mailer-daemon|postmaster)@/.test(from.address) || /report-type="?delivery-status/i.test(first(fields, 'content-type')))
    return true
  if (
    /^(?:forms-receipts-noreply|drive-shares|comments|calendar-notification|meetings?-noreply|invites?|sharing)/.test(
      from.address,
    )
  )
    return true
  if (/^text\/calendar/i.test(first(fields, 'content-type')) || whole?.hasCalendar === true) return true
  if (fields.has('list-id') && !/^(re|fwd?)\b/i.test(subject)) return false
  const answered = /^\s*(?:(?:re|fwd?|fw|aw|wg|sv|tr|返信|転送)(?:\[\d+\])?\s*[:：]\s*)/i.test(subject)
  if (answered && (fields.has('in-reply-to') || fields.has('references') || automation(envelope) < 2))
    return !fields.has('list-id')
  if (/^\s*(?:fwd?|fw|wg|転送)\s*[:：]/i.test(subject)) return true
  if (fields.has('resent-from')) return true
  return whole?.quotes === true && automation(envelope) < 3
}

export const sendsForOthers = (organisation: string): boolean => mailers.has(organisation) || paymentCompanies.has(organisation)
