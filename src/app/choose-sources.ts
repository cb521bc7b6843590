import { Failure } from '../core/failure.ts'
import type { Settings } from '../settings/settings.ts'

/** ACCOUNT or ACCOUNT/SOURCE as typed → ids of sources by account. Throws a Failure of kind `settings` for what is not configured. */
export function chooseSources(settings: Settings, names: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const all = new Map(settings.accounts.map((one) => [one.name, new Set(one.sources)]))
  if (all.size === 0)
    throw new Failure('settings', 'no account is configured', {
      hint: 'run holdall init, or name a settings file with --config FILE',
    })
  if (names.length === 0) return all
  const chosen = new Map<string, Set<string>>()
  for (const name of names) {
    const [account = '', source] = name.split('/')
    const known = all.get(account)
    if (known === undefined || (source !== undefined && !known.has(source))) {
      const every = [...all].flatMap(([one, ids]) => [...ids].map((id) => `${one}/${id}`))
      throw new Failure('settings', `${JSON.stringify(name)} is not configured in ${settings.file ?? 'the settings'}`, {
        hint: `the sources are: ${every.join(', ')}`,
      })
    }
    const ids = chosen.get(account) ?? new Set()
    for (const id of source === undefined ? known : [source]) ids.add(id)
    chosen.set(account, ids)
  }
  return chosen
}
