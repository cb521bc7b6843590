import { z } from 'zod'
import { Failure, type FailureKind } from '../../core/failure.ts'
import { type Meaning, meanings, oauthMeanings } from './sign-in-error-table.ts'

/** An error as Microsoft's sign-in states it, in a redirect or in an answer of the token endpoint. */
export interface EntraError {
  /** `error` of OAuth. */
  readonly error: string
  readonly description?: string | undefined
}

/** What the sentences name besides: neither is a secret. */
export interface EntraContext {
  readonly authority: string
  readonly tenant: string
  readonly clientId: string
}

const answer = z.object({ error: z.string(), error_description: z.string().nullish() })

/** The error in the body of an answer, where it states one. */
export function readEntraError(body: unknown): EntraError | undefined {
  const parsed = answer.safeParse(body)
  if (!parsed.success) return undefined
  return { error: parsed.data.error, description: parsed.data.error_description ?? undefined }
}

/**
 * The Failure for an error of Microsoft's sign-in: what it means, and whom to ask for what. The description's AADSTS number tells more than OAuth's own
 * word: https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
export function entraFailure({ error, description = '' }: EntraError, context: EntraContext): Failure {
  const number = /\bAADSTS(\d{4,8})\b/.exec(description)?.[1]
  if (number !== undefined && Object.hasOwn(meanings, number)) return failure(meanings[number]!, `AADSTS${number}`, context)
  // https://learn.microsoft.com/entra/identity-platform/supported-accounts-validation: personal accounts alone
  if (/'?userAudience'? configuration/i.test(description)) return failure(meanings['9002331']!, error, context)
  const word = /^[\w.-]{1,60}$/.test(error) ? error : 'an unknown error'
  const said = number === undefined ? word : `AADSTS${number}`
  const known = Object.hasOwn(oauthMeanings, word) ? oauthMeanings[word]! : unknown
  const words = readable(description)
  return failure({ ...known, message: words === '' ? known.message : `${known.message}: ${words}` }, said, context)
}

const unknown: Meaning = { kind: 'signin', message: 'Microsoft refused the sign-in', hint: 'sign in again' }

function failure({ kind, message, hint }: Meaning, code: string, context: EntraContext): Failure {
  const said = message.includes(code) ? message : `${message} (${code})`
  return new Failure(kind satisfies FailureKind, said, {
    hint: hint.replaceAll('{consent}', consentAddress(context)),
    stops: 'account',
  })
}

/** Where an administrator agrees for everyone: https://learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent#construct-the-url-for-granting-tenant-wide-admin-consent */
function consentAddress({ authority, tenant, clientId }: EntraContext): string {
  const directory = tenant === 'common' || tenant === 'consumers' ? 'organizations' : tenant
  return `${new URL(`${directory}/adminconsent`, authority).href}?client_id=${encodeURIComponent(clientId)}`
}

/** The sentence of the description, without trace ids, and without anything that could be a token or an address. */
function readable(description: string): string {
  return description
    .replace(/\s*(Trace ID|Correlation ID|Timestamp):[\s\S]*$/i, '')
    .replace(/^AADSTS\d+:\s*/, '')
    .replace(/\bhttps?:\/\/\S+/gi, '…')
    .replace(/[\w.~+/%=-]{40,}/g, '…')
    .replace(/[\u0000-\u001f\u007f]+/g, ' ')
    .trim()
    .replace(/\.$/, '')
    .slice(0, 200)
}
