import type { Localised } from '../core/language.ts'
import type { Provider, SigningApp } from '../core/provider.ts'
import { refused } from '../core/refused.ts'
import type { Words } from '../language/words.ts'
import { providers } from '../providers/index.ts'
import type { AccountSettings } from '../settings/settings.ts'
import { withCommand } from '../signin/authorization-failure.ts'
import type { PracticeCloud } from './practice-cloud.ts'

/** An account whose sign-in may be refused while something else is under way. */
export interface SigningAccount {
  readonly name: string
  readonly provider: Provider
  readonly app: SigningApp
}

/**
 * The words with the Japanese of every documented refusal of these accounts, which stands beside the providers' code. Events and journals hold the English
 * of a sign-in that ends in the middle of a run, and faces look it up here.
 */
export function tellingRefusals(words: Words, accounts: readonly SigningAccount[]): Words {
  if (words.language === 'en') return words
  const sentences = new Map(accounts.flatMap(sentencesOf).map(({ en, ja }) => [en, ja]))
  return { ...words, tell: (sentence) => words.tell(sentence) ?? refusalIn(sentence, sentences) }
}

/** The account of the settings; none where its provider is not known. */
export function signingAccount(
  { name, provider: id, client, settings }: AccountSettings,
  practice: PracticeCloud | undefined,
): readonly SigningAccount[] {
  const provider = providers.find((one) => one.id === id)
  if (provider === undefined) return []
  const endpoints = practice?.endpoints[id] ?? provider.endpoints(settings)
  return [{ name, provider, app: { clientId: client?.id ?? '', settings, endpoints } }]
}

function sentencesOf({ name, provider: { signIn }, app }: SigningAccount): readonly Localised[] {
  if (signIn.method === 'password') return []
  return (signIn.diagnoses?.(app) ?? []).flatMap((diagnosis) => {
    const failure = refused(diagnosis)
    return [failure, withCommand(failure, name)].flatMap((one) => {
      const [en, ja] = [one.said('en'), one.said('ja')]
      return [
        { en: en.message, ja: ja.message },
        { en: en.hint ?? '', ja: ja.hint ?? '' },
      ]
    })
  })
}

/** A code in brackets at the end goes over as it is; a service's own English words between them do not. */
function refusalIn(sentence: string, sentences: ReadonlyMap<string, string>): string | undefined {
  const whole = sentences.get(sentence)
  if (whole !== undefined) return whole
  const [, bare = sentence, code = ''] = /^(.*?)( \([\w.-]{1,60}\))?$/s.exec(sentence) ?? []
  const known = sentences.get(bare) ?? [...sentences].find(([english]) => bare.startsWith(`${english}: `))?.[1]
  return known === undefined ? undefined : `${known}${code}`
}
