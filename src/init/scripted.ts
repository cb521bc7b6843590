import { parse } from 'yaml'
import { Failure } from '../core/failure.ts'
import type { Localised } from '../core/language.ts'
import type { Provider } from '../core/provider.ts'
import { section } from '../settings/complete-settings.ts'
import type { AccountAnswers, Answers } from '../settings/write.ts'

/** What flags say of accounts, as typed. */
export interface AccountFlags {
  /** `google`, `google:drive,gmail`. */
  readonly accounts: readonly string[]
  /** `google=ID`. */
  readonly clientIds: readonly string[]
}

const wrong = (en: string, ja: string, hint: Localised) =>
  Failure.in('settings', { en: { message: en, hint: hint.en }, ja: { message: ja, hint: hint.ja } })

/** The accounts that flags name. Throws a Failure of kind `settings`. */
export function accountsOfFlags({ accounts, clientIds }: AccountFlags, providers: readonly Provider[]): AccountAnswers[] {
  const known = providers.map(({ id }) => id).join(', ')
  const ids = new Map(
    clientIds.map((flag) => {
      const [name = '', id = ''] = [flag.slice(0, flag.indexOf('=')), flag.slice(flag.indexOf('=') + 1)]
      if (!flag.includes('=') || id === '')
        throw wrong(`--client-id ${JSON.stringify(name)} names no id`, `--client-id ${JSON.stringify(name)} に ID がありません`, {
          en: 'write --client-id ACCOUNT=ID',
          ja: '--client-id アカウント=ID の形で指定してください',
        })
      return [name, id]
    }),
  )
  const found = accounts.map((flag) => {
    const [name = '', listed] = flag.split(':', 2)
    if (!providers.some(({ id }) => id === name))
      throw wrong(
        `--account ${JSON.stringify(name)}: there is no such provider`,
        `--account ${JSON.stringify(name)}: そのようなサービスはありません`,
        {
          en: `the providers are: ${known}`,
          ja: `指定できるサービス: ${known}`,
        },
      )
    const id = ids.get(name)
    ids.delete(name)
    return {
      name,
      provider: name,
      ...(listed !== undefined && { sources: listed.split(',').filter((source) => source !== '') }),
      ...(id !== undefined && { client: { id } }),
    }
  })
  const [lost] = ids.keys()
  if (lost !== undefined)
    throw wrong(`--client-id ${lost}=… is for no account`, `--client-id ${lost}=… に対応するアカウントがありません`, {
      en: `add --account ${lost}`,
      ja: `--account ${lost} を加えてください`,
    })
  return found
}

/** The answers that a file gives; it has the form of holdall.yaml, and was checked. */
export function answersOfFile(text: string): Omit<Answers, 'accounts'> & { readonly accounts: readonly AccountAnswers[] } {
  const { accounts, ...rest } = section(parse(text)) ?? {}
  return {
    ...(rest as Omit<Answers, 'accounts'>),
    accounts: Object.entries(section(accounts) ?? {}).map(([name, account]) => {
      const { provider, client, sources, ...settings } = section(account) ?? {}
      return {
        name,
        provider: typeof provider === 'string' ? provider : name,
        ...(client !== undefined && { client: client as NonNullable<AccountAnswers['client']> }),
        ...(sources !== undefined && { sources: sources as readonly string[] }),
        settings,
      }
    }),
  }
}

/** Looks at the clients as a person's would be looked at. Returns doubts to be told; throws a Failure of kind `settings` for what cannot be one. */
export function checkClients(accounts: readonly AccountAnswers[], providers: readonly Provider[]): Failure[] {
  return accounts.flatMap(({ name, provider: id, client }) => {
    const guide = providers.find((provider) => provider.id === id)?.guide?.app
    // A variable of the environment is looked at when it is put in.
    if (guide === undefined || client === undefined || /^\$\{\w+\}$/.test(client.id)) return []
    const read = guide.readClient(client.id)
    const said = 'problem' in read ? read.problem : read.doubt
    if (said === undefined) return []
    const failure = Failure.in('settings', {
      en: { message: `the client id of ${name}: ${said.en}`, hint: 'holdall init without --answers shows how to get one' },
      ja: {
        message: `${name} のクライアント ID: ${said.ja}`,
        hint: '--answers を付けずに holdall init を実行すると、取得方法を案内します',
      },
    })
    if ('problem' in read) throw failure
    return [failure]
  })
}
