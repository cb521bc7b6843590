import type { Provider } from '../../core/provider.ts'
import { section } from '../complete-settings.ts'
import { accountFields } from '../definition.ts'
import type { Profile } from './load-profile.ts'

/** Puts what the profile says of each account behind what the person wrote: the person's word wins, key by key. Changes `accounts`. */
export function applyProfile(accounts: unknown, profile: Pick<Profile, 'accounts'>, providers: readonly Provider[]): void {
  for (const [name, account] of Object.entries(section(accounts) ?? {})) {
    const own = section(account)
    const provider = providers.find(({ id }) => id === (own?.provider ?? name))
    const given = provider === undefined ? undefined : profile.accounts[provider.id]
    if (own === undefined || provider === undefined || given === undefined) continue
    for (const key of Object.keys(accountFields(provider))) {
      // An app's id and its secret belong together: one of each would be no app.
      own[key] = key === 'client' ? (own[key] ?? given[key]) : behind(own[key], given[key])
      if (own[key] === undefined) delete own[key]
    }
  }
}

function behind(own: unknown, given: unknown): unknown {
  const [mine, theirs] = [section(own), section(given)]
  if (mine === undefined || theirs === undefined) return own ?? given
  const result: Record<string, unknown> = Object.create(null)
  for (const key of new Set([...Object.keys(theirs), ...Object.keys(mine)])) result[key] = behind(mine[key], theirs[key])
  return result
}
