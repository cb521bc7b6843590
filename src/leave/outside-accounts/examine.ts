import { classify, isPlainlyOther } from './classify.ts'
import { readEnvelope, readMessage } from './message-facts.ts'
import type { Doubt, EvidenceKind } from './outside-accounts.ts'
import { serviceOf } from './service-of.ts'

/** What one message showed; of most nothing. */
export interface Finding {
  readonly kind: EvidenceKind
  readonly subject: string
  readonly from: string
  readonly score: number
  readonly reasons: readonly string[]
  /** Present: it may be forged, and is no evidence. */
  readonly doubts?: readonly Doubt[]
  /** The receiver's server vouched for the sender. */
  readonly vouched: boolean
  /** Absent where no account stands behind it (a mailing list). */
  readonly service?: { readonly domain?: string; readonly name: string; readonly signInWith?: string }
}

/** Longer subjects are cut; UTF-16 units. */
const longestSubject = 300

/** Looks at the beginning of a message. Pure; undefined: it says nothing of an account. */
export async function examine(head: Buffer, own: ReadonlySet<string>): Promise<Finding | undefined> {
  const envelope = readEnvelope(head, own)
  if (isPlainlyOther(envelope, own)) return undefined
  const facts = await readMessage(head, envelope)
  const { kind, looksLike, score, reasons, doubts } = classify(facts, own)
  if (looksLike === 'other') return undefined
  const service = kind === 'other' ? undefined : serviceOf(facts, looksLike, own)
  const { authentication, from } = facts
  return {
    kind: looksLike,
    subject: envelope.subject.slice(0, longestSubject).toWellFormed(),
    from: from.address,
    score,
    reasons,
    vouched: authentication.dmarc === 'pass' || authentication.signedBy.includes(from.organisation),
    ...(kind === 'other' && { doubts: [...doubts.keys()].toSorted((a, b) => doubts.get(b)! - doubts.get(a)!) }),
    ...(service !== undefined && {
      service: {
        ...(service.domain !== undefined && { domain: service.domain }),
        name: service.name,
        ...(service.signInWith !== undefined && { signInWith: service.signInWith }),
      },
    }),
  }
}
