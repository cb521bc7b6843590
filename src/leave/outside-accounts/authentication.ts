import { first, type HeaderFields } from './header-fields.ts'
import { organisationOf } from './organisation.ts'

type Verdict = 'pass' | 'fail' | 'none'

/** What the receiver's own server found out about the sender (RFC 8601). `none`: not checked, nothing to check, or not said by anybody believable. */
export interface Authentication {
  readonly dmarc: Verdict
  readonly spf: Verdict
  /** Organisational domains whose signature was found to be good. */
  readonly signedBy: readonly string[]
  readonly dkimFailed: boolean
}

const nothing: Authentication = { dmarc: 'none', spf: 'none', signedBy: [], dkimFailed: false }

/**
 * Reads the topmost Authentication-Results that the receiver wrote: anybody can put one into a message before sending it, but it then stands below those of
 * the receiver, and nobody outside writes the topmost Received. So the two have to name the same organisation (RFC 8601, 5).
 */
export function readAuthentication(fields: HeaderFields, own: ReadonlySet<string>): Authentication {
  const receivers = (fields.get('received') ?? []).map((value) => organisationOf(/\bby\s+([\w.-]+)/i.exec(value)?.[1] ?? ''))
  const receiver = receivers.find((organisation) => organisation !== '')
  const results = fields.get('authentication-results') ?? []
  const believed = results.find((value) => {
    const server = organisationOf(/^\s*([^\s;]+)/.exec(value)?.[1] ?? '')
    return receiver === undefined ? value === results[0] : server === receiver || own.has(server)
  })
  if (believed === undefined) return nothing
  const plain = believed.replace(/\([^()]*\)/g, ' ').toLowerCase()
  const verdict = (method: string): Verdict => {
    const result = new RegExp(`\\b${method}\\s*=\\s*([a-z]+)`).exec(plain)?.[1]
    return result === 'pass' ? 'pass' : result === 'fail' || result === 'softfail' || result === 'permerror' ? 'fail' : 'none'
  }
  const signatures = [...plain.matchAll(/\bdkim\s*=\s*([a-z]+)([^;]*)/g)]
  const signedBy = signatures
    .filter(([, result]) => result === 'pass')
    .map(([, , rest = '']) => organisationOf(/header\.(?:d|i)\s*=\s*@?"?([\w.@-]+)/.exec(rest)?.[1]?.replace(/^.*@/, '') ?? ''))
    .filter((domain) => domain !== '')
  return {
    dmarc: verdict('dmarc'),
    spf: verdict('spf'),
    signedBy,
    dkimFailed: signatures.length > 0 && signedBy.length === 0 && signatures.some(([, result]) => result === 'fail'),
  }
}

/** Domains that signed the message, good or not: what the header claims. */
export const claimedSigners = (fields: HeaderFields): string[] =>
  (fields.get('dkim-signature') ?? []).map((value) => organisationOf(/\bd\s*=\s*([\w.-]+)/i.exec(value)?.[1] ?? ''))

/** Where bounces go. */
export const returnHost = (fields: HeaderFields): string => /@([\w.-]+)/.exec(first(fields, 'return-path'))?.[1] ?? ''
