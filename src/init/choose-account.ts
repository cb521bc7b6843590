import type { AppChoice, SetupQuestion } from '../core/guide.ts'
import type { Provider } from '../core/provider.ts'
import { redirectOf, scopesFor } from '../settings/app-guide.ts'
import { section } from '../settings/complete-settings.ts'
import type { Profile } from '../settings/profile/load-profile.ts'
import type { AccountAnswers } from '../settings/write.ts'
import { makeApp } from './make-app.ts'
import type { Talk } from './talk.ts'

/** Asks for everything that one account needs and neither the profile nor a default gives. */
export async function chooseAccount(provider: Provider, profile: Profile | undefined, talk: Talk): Promise<AccountAnswers> {
  const { init, language } = talk.words
  const given = profile?.accounts[provider.id] ?? {}
  const title = profile?.facts.accounts[provider.id]?.title?.[language]
  talk.say('')
  talk.say(init.accountTitle(title === undefined ? provider.title : `${provider.title}: ${title}`))
  const sources = await chooseSources(provider, given, talk)
  const settings: Record<string, string> = {}
  for (const question of provider.guide?.questions ?? []) {
    const known = given[question.key]
    if (typeof known === 'string') {
      talk.say(init.fromProfile(`${question.key}: ${known}`))
      settings[question.key] = known
    } else settings[question.key] = await answerTo(question, talk)
  }
  const own = Object.fromEntries(Object.entries(settings).filter(([key]) => given[key] === undefined))
  const account = {
    name: provider.id,
    provider: provider.id,
    ...(sources.ids !== undefined && { sources: sources.ids }),
    settings: own,
  }
  if (provider.signIn.method === 'password') return account
  if (section(given.client) !== undefined) {
    talk.say(init.clientFromProfile)
    return account
  }
  const choice: AppChoice = {
    sources: sources.chosen,
    scopes: scopesFor(provider, sources.chosen, given.options),
    redirect: redirectOf(provider),
    settings,
  }
  const guide = provider.guide?.app
  if (guide === undefined) throw new Error(`${provider.id} signs in through an app, and has no guide to one`)
  return { ...account, client: await makeApp(provider, guide, choice, talk) }
}

/** `ids` is undefined where it is what would be taken anyway. */
async function chooseSources(
  provider: Provider,
  given: Readonly<Record<string, unknown>>,
  talk: Talk,
): Promise<{ readonly ids?: readonly string[]; readonly chosen: readonly string[] }> {
  const { init, language } = talk.words
  const all = provider.sources
  const preset = Array.isArray(given.sources) ? (given.sources as unknown[]) : undefined
  const usual = all.flatMap(({ id, byName }, index) =>
    (preset === undefined ? byName !== true : preset.includes(id)) ? [index] : [],
  )
  const idsOf = (positions: readonly number[]) => positions.map((position) => all[position]!.id)
  if (all.length === 1) return { chosen: idsOf([0]) }
  for (;;) {
    const picked = await talk.many(
      init.whichSources,
      all.map(({ title, byName }) => (byName === true ? init.moreRights(title[language]) : title[language])),
      usual,
    )
    const chosen = idsOf(picked)
    if (chosen.length === 0) continue
    const same = picked.join() === usual.join()
    return same ? { chosen } : { ids: chosen, chosen }
  }
}

async function answerTo({ question, choices, other, complaint }: SetupQuestion, talk: Talk): Promise<string> {
  const { init, language } = talk.words
  if (choices !== undefined) {
    const titles = [
      ...choices.map(({ title }) => title[language]),
      ...(other === undefined ? [] : [init.otherAnswer(other[language])]),
    ]
    const picked = choices[await talk.one(question[language], titles, 0)]
    if (picked !== undefined) return picked.value
  }
  for (;;) {
    const answer = await talk.ask(`${choices === undefined ? question[language] : (other?.[language] ?? '')}: `)
    const wrong = complaint(answer)
    if (wrong === undefined) return answer
    talk.say(init.notThat(wrong[language]))
  }
}
