import path from 'node:path'
import type { Provider } from '../core/provider.ts'
import type { SourceSettings } from '../core/source.ts'
import type { FileSettings } from './definition.ts'
import type { Environment } from './environment.ts'
import type { Profile } from './profile/load-profile.ts'
import type { AccountSettings, Network, Settings } from './settings.ts'

interface Surroundings {
  readonly file: string | undefined
  readonly folder: string
  readonly home: string
  readonly environment: Environment
  readonly providers: readonly Provider[]
  readonly profile: Profile | undefined
  /** FILE:LINE:COLUMN of a setting; undefined where it stands in no file. */
  place(path: readonly string[]): string | undefined
}

/** What the file said, with every path absolute and every account in its provider's terms. */
export function complete(data: FileSettings, surroundings: Surroundings): Settings {
  const { file, folder, providers, profile, place } = surroundings
  return {
    file,
    folder,
    archive: absolute(data.archive, surroundings),
    profile,
    accounts: Object.entries(data.accounts).flatMap(([name, account]) =>
      account === undefined
        ? []
        : completeAccount(name, account, { providers, profile, place: place(['accounts', name, 'client']) }),
    ),
    keepVersions: data.keepVersions,
    language: data.language,
    limits: { ...data.limits, bandwidth: data.limits.bandwidth },
    tokens: data.tokens,
    network: networkOf(data.network.ca, surroundings),
  }
}

type Whereabouts = Pick<Surroundings, 'file' | 'folder' | 'home'>

/** Relative to the settings file; `~` is the person's home. */
function absolute(text: string, { file, folder, home }: Whereabouts): string {
  return path.resolve(file === undefined ? folder : path.dirname(file), text.replace(/^~(?=$|[/\\])/, home))
}

/** `ca` as the file has it. */
export function networkOf(ca: string | undefined, whereabouts: Whereabouts & Pick<Surroundings, 'environment'>): Network {
  const { extraCa, proxy } = whereabouts.environment
  return { ca: ca === undefined ? undefined : absolute(ca, whereabouts), extraCa, proxy }
}

function completeAccount(
  name: string,
  account: Readonly<Record<string, unknown>>,
  { providers, profile, place }: Pick<Surroundings, 'providers' | 'profile'> & { readonly place: string | undefined },
): AccountSettings[] {
  const provider = providers.find((candidate) => candidate.id === (account.provider ?? name))
  if (provider === undefined) return []
  const client = section(account.client)
  const wanted = account.sources as readonly string[]
  const own = Object.keys(provider.settings.shape).filter(
    (key) => key !== 'client' && key !== 'password' && account[key] !== undefined,
  )
  return [
    {
      name,
      provider: provider.id,
      client:
        client === undefined
          ? undefined
          : { id: String(client.id), secret: client.secret === undefined ? undefined : String(client.secret), place },
      password: account.password === undefined ? undefined : String(account.password),
      sources: provider.sources.map((source) => source.id).filter((id) => wanted.includes(id)),
      settings: Object.fromEntries(own.map((key) => [key, account[key]])) as SourceSettings,
      facts: profile?.facts.accounts[provider.id],
      options: account.options as Readonly<Record<string, SourceSettings>>,
    },
  ]
}

/** A map as a map; undefined for whatever else. */
export function section(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
}
