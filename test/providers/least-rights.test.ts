import { describe, expect, it } from 'vitest'
import type { SourceType } from '../../src/core/provider.ts'
import type { SourceSettings } from '../../src/core/source.ts'
import { providers } from '../../src/providers/index.ts'

/**
 * Rights that read and can do nothing else, as each provider names them: https://developers.google.com/identity/protocols/oauth2/scopes,
 * https://learn.microsoft.com/graph/permissions-reference, https://developers.zoom.us/docs/integrations/oauth-scopes-granular/
 */
const readsOnly: Readonly<Record<string, RegExp>> = {
  google: /^https:\/\/www\.googleapis\.com\/auth\/[a-z.]+\.readonly$/,
  microsoft: /^[A-Z][A-Za-z]+\.Read(\.All)?$/,
  zoom: /^[a-z_]+:read:[a-z_]+$/,
  webdav: /^$/,
}
/** Signing in itself. */
const identity = ['openid', 'email', 'User.Read', 'offline_access', 'user:read:user']

/** Settings that a person may write: the defaults, and each switch, choice and list of them the other way round. */
function variants({ settings }: SourceType): SourceSettings[] {
  const defaults = settings.parse({}) as SourceSettings
  const candidates = (key: string): unknown[] => {
    const value = defaults[key]
    const others = [true, false, [], ['my-drive', 'shared-with-me'], ['all'], 'all', 1000, '2020-01-01']
    return others.filter((one) => JSON.stringify(one) !== JSON.stringify(value) && settings.safeParse({ [key]: one }).success)
  }
  const single = Object.keys(settings.shape).flatMap((key) => candidates(key).map((value) => ({ [key]: value })))
  const everything = Object.assign({}, ...single) as object
  return [{}, ...single, everything].flatMap((own) => {
    const parsed = settings.safeParse(own)
    return parsed.success ? [parsed.data as SourceSettings] : []
  })
}

const all = providers.flatMap((provider) => provider.sources.map((source) => [provider, source] as const))

describe.each(all.map(([provider, source]) => [`${provider.id}/${source.id}`, provider, source] as const))(
  '%s',
  (_, provider, source) => {
    it('never asks for a right to change anything, whatever its settings', () => {
      const tried = variants(source)
      expect(tried.length).toBeGreaterThan(0)
      for (const settings of tried)
        for (const scope of source.scopes(settings)) expect(scope, JSON.stringify(settings)).toMatch(readsOnly[provider.id]!)
    })

    it('asks for as much by default as it needs, and for no more than with any setting', () => {
      const usual = source.scopes(source.settings.parse({}) as SourceSettings)
      expect(new Set(usual).size).toBe(usual.length)
      expect(usual.filter((scope) => /\.All$|:admin$/.test(scope))).toEqual([])
    })
  },
)

it('who signed in is asked with rights that read who it is', () => {
  for (const { signIn } of providers) {
    if (signIn.method === 'password') continue
    for (const scope of signIn.identityScopes) expect(identity).toContain(scope)
  }
})

it('Microsoft’s wider right is asked for with shared content alone', () => {
  const microsoft = providers.find(({ id }) => id === 'microsoft')!
  const onedrive = microsoft.sources.find(({ id }) => id === 'onedrive')!
  const scopes = (settings: object) => onedrive.scopes(onedrive.settings.parse(settings) as SourceSettings)
  expect(scopes({})).toEqual(['Files.Read'])
  expect(scopes({ shared: true })).toEqual(['Files.Read.All'])
  const changed = variants(onedrive).filter((settings) => settings.shared !== true)
  expect(changed.length).toBeGreaterThan(0)
  for (const settings of changed) expect(onedrive.scopes(settings), JSON.stringify(settings)).toEqual(['Files.Read'])
})

it('sources that were not chosen add no right', () => {
  for (const provider of providers) {
    const rights = provider.sources.map((source) => source.scopes(source.settings.parse({}) as SourceSettings))
    for (const [index, own] of rights.entries())
      for (const [other, theirs] of rights.entries())
        if (index !== other) expect(own.filter((scope) => theirs.includes(scope) && !/drive|Files/.test(scope))).toEqual([])
  }
})
