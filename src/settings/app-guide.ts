import type { AppChoice } from '../core/guide.ts'
import type { Language } from '../core/language.ts'
import type { Provider } from '../core/provider.ts'
import type { SourceSettings } from '../core/source.ts'
import { section } from './complete-settings.ts'

/** What signing in will ask for, with these sources and settings of theirs: the least that will do. */
export function scopesFor(provider: Provider, sources: readonly string[], options: unknown): readonly string[] {
  const { signIn } = provider
  const identity = signIn.method === 'password' ? [] : signIn.identityScopes
  const own = section(options) ?? {}
  return [
    ...new Set([
      ...identity,
      ...provider.sources
        .filter(({ id }) => sources.includes(id))
        .flatMap((source) => source.scopes(source.settings.parse(own[source.id] ?? {}) as SourceSettings)),
    ]),
  ]
}

/** The address that the browser comes back to, as it is registered: without the port, which is another one each time. */
export function redirectOf({ signIn }: Provider): string {
  if (signIn.method === 'password') return ''
  const { host, path } = signIn.redirect ?? { host: '127.0.0.1', path: '/' }
  return `http://${host}${path}`
}

/** The same pages that `holdall init` goes through one by one, as lines: for whoever wrote the settings by hand. `account` is as it was written. */
export function guideLines(provider: Provider, account: unknown, language: Language): string[] {
  const guide = provider.guide?.app
  if (guide === undefined) return []
  const steps = guide.steps(choiceOf(provider, account))
  const after = guide.after === undefined ? [] : [guide.after[language]]
  return [
    guide.before[language],
    ...steps.flatMap(({ title, page, actions, copy = [], optional }, at) => [
      `${at + 1}. ${title[language]}: ${page}`,
      ...actions.map((action) => `   - ${action[language]}`),
      ...copy.map((line) => `       ${line}`),
      ...(optional === undefined ? [] : [`   - ${optional.why[language]}`, ...optional.copy.map((line) => `       ${line}`)]),
    ]),
    ...after,
  ]
}

/** What the settings choose, as far as they can be read: they have a mistake. */
function choiceOf(provider: Provider, account: unknown): AppChoice {
  const own = section(account) ?? {}
  const known = provider.sources.filter(({ id, byName }) =>
    Array.isArray(own.sources) ? own.sources.includes(id) : byName !== true,
  )
  const sources = known.map(({ id }) => id)
  const settings = Object.fromEntries(
    Object.entries(own).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
  return { sources, scopes: chosenScopes(provider, sources, own.options), redirect: redirectOf(provider), settings }
}

function chosenScopes(provider: Provider, sources: readonly string[], options: unknown): readonly string[] {
  try {
    return scopesFor(provider, sources, options)
  } catch {
    // The options have a mistake too, which is told beside it.
    return scopesFor(provider, sources, undefined)
  }
}
