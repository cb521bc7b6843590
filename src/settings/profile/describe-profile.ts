import type { Language } from '../../core/language.ts'
import type { Provider, SourceType } from '../../core/provider.ts'
import type { SourceSettings } from '../../core/source.ts'
import { section } from '../complete-settings.ts'
import { accountFields } from '../definition.ts'
import type { Profile } from './load-profile.ts'

/** What using a profile would mean, to be shown before it is used. */
export interface ProfileDescription {
  readonly name: string
  readonly page: string | undefined
  readonly help: string | undefined
  readonly lastDay: string | undefined
  /** How one finds the last day, where it is not the same for all. */
  readonly lastDayRule: string | undefined
  readonly accounts: readonly {
    readonly provider: string
    /** Every setting that it brings: `client.id: 1234`. Nothing that acts is left out. */
    readonly settings: readonly string[]
    /** Rights that the settings ask for beyond those that the same sources need without them. */
    readonly widened: readonly string[]
  }[]
}

export function describeProfile(
  { facts, accounts }: Pick<Profile, 'facts' | 'accounts'>,
  providers: readonly Provider[],
  language: Language,
): ProfileDescription {
  const { contact } = facts
  return {
    name: facts.name[language],
    page: facts.page,
    help: contact && [contact.text[language], contact.address, contact.page].filter((part) => part !== undefined).join(', '),
    lastDay: facts.lastDay,
    lastDayRule: facts.lastDayRule?.text[language],
    accounts: providers.flatMap((provider) => {
      const given = accounts[provider.id]
      if (given === undefined) return []
      const settings = Object.keys(accountFields(provider)).flatMap((key) => flat(key, given[key]))
      return settings.length === 0 ? [] : [{ provider: provider.title, settings, widened: widenedRights(provider, given) }]
    }),
  }
}

/** Rights that a profile's settings for an account ask for beyond the usual ones. */
export function widenedRights(provider: Provider, given: Readonly<Record<string, unknown>>): readonly string[] {
  const options = section(given.options) ?? {}
  const named = Array.isArray(given.sources) ? (given.sources as readonly unknown[]) : []
  const scopes = (source: SourceType, options: unknown) => source.scopes(source.settings.parse(options ?? {}) as SourceSettings)
  // A source that nobody takes who does not name it is wider than usual where the profile names it.
  const usual = new Set(
    provider.sources.flatMap((source) => (source.byName === true && named.includes(source.id) ? [] : scopes(source, {}))),
  )
  const asked = provider.sources.flatMap((source) => scopes(source, options[source.id]))
  return [...new Set(asked)].filter((scope) => !usual.has(scope))
}

function flat(path: string, value: unknown): string[] {
  if (value === undefined) return []
  const inner = section(value)
  if (inner !== undefined) return Object.entries(inner).flatMap(([key, one]) => flat(`${path}.${key}`, one))
  return [`${path}: ${Array.isArray(value) ? value.map(String).join(', ') : String(value)}`]
}
