import { z } from 'zod'
import type { Diagnosis, Refusal } from '../../core/diagnosis.ts'
import { Failure } from '../../core/failure.ts'
import type { Localised } from '../../core/language.ts'
import { refused } from '../../core/refused.ts'
import { consentDiagnoses } from './sign-in-consent.ts'
import { endingDiagnoses } from './sign-in-endings.ts'
import { policyDiagnoses } from './sign-in-policies.ts'
import { registrationDiagnoses } from './sign-in-registration.ts'

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

/** What Microsoft documents, with the address for an administrator filled in. */
export const entraDiagnoses = (context: EntraContext): readonly Diagnosis[] => all.map((one) => filled(one, context))

const all = [...consentDiagnoses, ...policyDiagnoses, ...registrationDiagnoses, ...endingDiagnoses]

const byCode = new Map(all.flatMap((one) => [one.id, ...(one.aliases ?? [])].map((code) => [code, one] as const)))

/**
 * The Failure for an error of Microsoft's sign-in: what it means, and whom to ask for what. The description's AADSTS number tells more than OAuth's own
 * word: https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
export function entraFailure({ error, description = '' }: EntraError, context: EntraContext): Failure {
  const number = /\bAADSTS\d{4,8}\b/.exec(description)?.[0]
  const word = /^[\w.-]{1,60}$/.test(error) ? error : 'an unknown error'
  const code = number ?? word
  const words = readable(description)
  const refusal = refusalOf(code, words, description)
  const known = (number === undefined ? undefined : byCode.get(number)) ?? byWords(description)
  if (known !== undefined) return refused(filled(known, context), refusal, (meaning) => named(meaning, code))
  const byWord = byCode.get(word)
  const sentence = (meaning: string) => named(words === '' ? meaning : `${meaning}: ${words}`, code)
  if (byWord !== undefined) return refused(filled(byWord, context), refusal, sentence)
  return Failure.in(
    'signin',
    {
      en: { message: sentence('Microsoft refused the sign-in'), hint: 'sign in again' },
      ja: { message: sentence('Microsoft がサインインを拒否しました'), hint: 'もう一度サインインしてください' },
    },
    { stops: 'account', refusal },
  )
}

/** https://learn.microsoft.com/entra/identity-platform/supported-accounts-validation: personal accounts alone, said without a number. */
const byWords = (description: string) =>
  /'?userAudience'? configuration/i.test(description) ? byCode.get('AADSTS9002331') : undefined

const named = (sentence: string, code: string): string => (sentence.includes(code) ? sentence : `${sentence} (${code})`)

function filled(diagnosis: Diagnosis, context: EntraContext): Diagnosis {
  const fill = ({ en, ja }: Localised): Localised => {
    const address = consentAddress(context)
    return { en: en.replaceAll('{consent}', address), ja: ja.replaceAll('{consent}', address) }
  }
  const { remedy, letter } = diagnosis
  return { ...diagnosis, remedy: fill(remedy), ...(letter === undefined ? {} : { letter: fill(letter) }) }
}

/** What Microsoft's support finds a refusal by stands at the end of the description: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
function refusalOf(code: string, words: string, description: string): Refusal {
  const after = (name: string, form: string) => new RegExp(`\\b${name}:\\s*(${form})`, 'i').exec(description)?.[1]
  const id = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
  const [traceId, correlationId] = [after('Trace ID', id), after('Correlation ID', id)]
  const timestamp = after('Timestamp', '\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\dZ?')
  return {
    code,
    ...(words === '' ? {} : { description: words }),
    ...(traceId === undefined ? {} : { traceId }),
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(timestamp === undefined ? {} : { timestamp }),
  }
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
