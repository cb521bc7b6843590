import type { Json, JsonObject } from '../core/json.ts'
import type { AccountSettings, Settings } from '../settings/settings.ts'
import { alias, type Private, withheld } from './scrub.ts'

/** Settings that say how the program works, without who somebody is: no secret, no address but its host, no name of a person or a file. */
export function settingsFacts(settings: Settings): JsonObject {
  const { limits, network } = settings
  return {
    fromFile: settings.file !== undefined,
    profile: settings.profile !== undefined,
    keepVersions: settings.keepVersions,
    language: settings.language,
    tokens: settings.tokens,
    limits: { ...limits, bandwidth: limits.bandwidth ?? null },
    network: {
      ca: network.ca !== undefined,
      extraCa: network.extraCa !== undefined,
      proxy: {
        http: network.proxy.http !== undefined,
        https: network.proxy.https !== undefined,
        except: network.proxy.except !== undefined,
      },
    },
    accounts: settings.accounts.map(accountFacts),
  }
}

function accountFacts(account: AccountSettings): JsonObject {
  return {
    name: account.name,
    provider: account.provider,
    ...(account.client !== undefined && {
      client: { id: shortened(account.client.id), secret: account.client.secret !== undefined },
    }),
    password: account.password !== undefined,
    sources: [...account.sources],
    settings: masked(account.settings),
    options: masked(account.options),
  }
}

/** Enough to tell whether it is the right one. */
function shortened(id: string): string {
  return id.length <= 12 ? withheld : `${id.slice(0, 4)}${withheld}${id.slice(-4)}`
}

/** Numbers, switches and plain words stay; of addresses the host; anything else may be a name, and only whether it is the same can be seen. */
function masked(value: Json | { readonly [key: string]: Json }): Json {
  if (typeof value === 'string') {
    if (/^[a-z][a-z-]{0,15}$/.test(value)) return value
    return URL.canParse(value) && /^https?:/i.test(value) ? new URL(value).origin : alias(value)
  }
  if (Array.isArray(value)) return value.map((one) => masked(one))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      // Whoever it is, the name alone may be half of a sign-in.
      /user|login|mail|name|pass|secret|token|key/i.test(key) && typeof one === 'string' ? withheld : masked(one as Json),
    ]),
  )
}

/** What of the settings must not stand in any text of the bundle. */
export function privateWords(settings: Settings): Private {
  const secrets: string[] = []
  const names: string[] = []
  const add = (list: string[], word: unknown) => {
    if (typeof word === 'string' && word.length > 2) list.push(word)
  }
  for (const { client, password, settings: own } of settings.accounts) {
    add(secrets, client?.secret)
    add(secrets, client?.id)
    add(secrets, password)
    add(names, own.username)
  }
  const { http, https } = settings.network.proxy
  for (const proxy of [http, https]) {
    if (proxy === undefined || !URL.canParse(proxy)) continue
    const { username, password } = new URL(proxy)
    add(secrets, decodeURIComponent(password))
    add(names, decodeURIComponent(username))
  }
  return { secrets, names }
}
