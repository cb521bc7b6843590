import type { Language } from '../core/language.ts'
import { languages } from '../core/language.ts'
import type { Provider } from '../core/provider.ts'
import { wordsOf } from '../language/words.ts'
import type { Profile } from '../settings/profile/load-profile.ts'
import type { AccountAnswers, Answers } from '../settings/write.ts'
import { chooseAccount } from './choose-account.ts'
import { choosePlace } from './choose-place.ts'
import { chooseProfile, showProfile } from './choose-profile.ts'
import type { Setup } from './setup.ts'
import { createTalk, type Talk, type TalkOptions } from './talk.ts'

/** What the command line says already, and need not be asked. */
export interface Said {
  readonly language: Language | undefined
  readonly archive: string | undefined
  readonly profile: string | undefined
}

/** The whole conversation. Undefined: no account was chosen. */
export async function converse(
  said: Said,
  setup: Setup,
  providers: readonly Provider[],
  options: TalkOptions,
): Promise<Answers | undefined> {
  const language = said.language ?? (await chooseLanguage(createTalk(options)))
  setup.speak(language)
  const talk = createTalk({ ...options, words: wordsOf(language) })
  talk.say(talk.words.init.welcome)
  const profile = said.profile === undefined ? await chooseProfile(setup, providers, talk) : await named(said.profile)
  const archive = said.archive ?? (await choosePlace(setup, talk))
  const accounts: AccountAnswers[] = []
  for (const provider of await chooseProviders(providers, profile, talk))
    accounts.push(await chooseAccount(provider, profile, talk))
  if (accounts.length === 0) return undefined
  return {
    archive,
    ...(profile !== undefined && { profile: profile.wanted }),
    ...(said.language === undefined && { language }),
    accounts,
  }

  async function named(wanted: string): Promise<Profile> {
    const { profile: found, shown } = await setup.profile(wanted)
    if (!shown) showProfile(found, providers, talk)
    return found
  }
}

/** In both languages, as the answer is not known yet. */
async function chooseLanguage(talk: Talk): Promise<Language> {
  const own = languages.indexOf(talk.words.language)
  const names = languages.map((language) => wordsOf(language).init.ownName)
  return languages[await talk.one('Language / 言語', names, own)] ?? talk.words.language
}

async function chooseProviders(
  providers: readonly Provider[],
  profile: Profile | undefined,
  talk: Talk,
): Promise<readonly Provider[]> {
  const { init, language } = talk.words
  const titles = providers.map(({ id, title, sources }) => {
    const known = profile?.facts.accounts[id]?.title?.[language]
    return init.provider(
      known === undefined ? title : `${title}: ${known}`,
      sources.filter(({ byName }) => byName !== true).map((source) => source.title[language]),
    )
  })
  const usual =
    profile === undefined ? [] : providers.flatMap(({ id }, index) => (profile.facts.accounts[id] === undefined ? [] : [index]))
  talk.say('')
  const picked = await talk.many(init.whichAccounts, titles, usual)
  return picked.map((index) => providers[index]!)
}
