import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { Failure, type Said } from '../core/failure.ts'
import type { Language } from '../core/language.ts'
import type { Provider } from '../core/provider.ts'
import { guideLines } from './app-guide.ts'
import { complete, networkOf, section } from './complete-settings.ts'
import { definition, maxTransfers, parseRate } from './definition.ts'
import { type Environment, type EnvironmentVariables, type Machine, readEnvironment, secretOf } from './environment.ts'
import { candidates, findFile } from './find-file.ts'
import { accountNameMistakes, explainIssues, type Mistake } from './mistakes.ts'
import { applyProfile } from './profile/apply-profile.ts'
import { loadProfile, type Profile } from './profile/load-profile.ts'
import { readYaml, type SettingsDocument } from './read-yaml.ts'
import type { Network, Settings } from './settings.ts'

export interface LoadOptions extends Machine {
  /** `--config`. */
  readonly file?: string | undefined
  /** What stands in `file`, which need not exist yet. */
  readonly text?: string | undefined
  readonly cwd: string
  readonly overrides?: Overrides
  readonly providers: readonly Provider[]
  readonly profiles: ProfileWorld
}

/** Where organisations' profiles come from. */
export interface ProfileWorld {
  /** The folder of those that come with the program. */
  readonly packaged: string
  /** Brings the text of an address over the person's network, shows it and asks; undefined: not wanted. */
  fetch?(address: string, network: Network): Promise<string | undefined>
}

/** What the command line says instead of the file. */
export interface Overrides {
  /** Relative to the current folder. */
  readonly archive?: string | undefined
  readonly language?: Language | undefined
  readonly transfers?: number | undefined
  /** As typed, e.g. `20M`. */
  readonly bandwidth?: string | undefined
}

/**
 * Finds and reads the settings. Throws a Failure of kind `settings` that names every mistake at once, each with its line.
 * Without a file, `overrides.archive` is enough (for commands that only look at an archive); there are no accounts then.
 */
export async function loadSettings(options: LoadOptions): Promise<Settings> {
  const { cwd, home, env, providers, overrides = {} } = options
  const environment = readEnvironment(options)
  const folder = path.resolve(cwd, environment.folder)
  const given = options.text !== undefined && options.file !== undefined
  const file = given ? options.file : await findFile({ option: options.file, variable: environment.file, cwd, folder })
  const schema = definition(providers)
  if (file === undefined && overrides.archive === undefined) {
    throw new Failure('settings', `there is no settings file; looked for ${candidates(cwd, folder).join(' and ')}`, {
      hint: 'run `holdall init` to write one, or name yours with --config FILE',
    })
  }

  const document = file === undefined ? empty : readYaml(options.text ?? (await readText(file)), schema, env)
  const profile = await profileOf(document, file, environment, folder, options)
  if (profile !== undefined) applyProfile(section(document.value)?.accounts, profile, providers)
  addSecrets(document.value, providers, env)
  const parsed = schema.safeParse(document.value)
  const mistakes: Mistake[] = [...document.mistakes]
  // A file that cannot be parsed has no keys; to call them all missing would hide the one real mistake.
  const readable = document.value !== undefined && document.mistakes.every((mistake) => !mistake.syntax)
  if (readable) {
    if (file !== undefined) mistakes.push(...accountNameMistakes(document, schema))
    if (!parsed.success) mistakes.push(...explainIssues(parsed.error.issues, { schema, document }))
    else if (file !== undefined && Object.keys(parsed.data.accounts).length === 0) mistakes.push(noAccounts(document, providers))
  }
  mistakes.push(...overrideMistakes(overrides))
  if (mistakes.length > 0 || !parsed.success) throw failure(file, mistakes, readable ? withoutApp(document, providers) : [])

  const settings = complete(parsed.data, {
    file,
    folder,
    home,
    environment,
    providers,
    profile,
    place: (path) => {
      const found = document.place(path)
      return file === undefined || found === undefined ? undefined : `${file}:${found.line}:${found.column}`
    },
  })
  const { ca } = settings.network
  if (ca !== undefined && !(await isFile(ca))) {
    throw failure(file, [{ place: document.place(['network', 'ca']), message: `network.ca: there is no file ${ca}` }])
  }
  return {
    ...settings,
    archive: overrides.archive === undefined ? settings.archive : path.resolve(cwd, overrides.archive),
    language: overrides.language ?? settings.language,
    limits: {
      ...settings.limits,
      transfers: overrides.transfers ?? settings.limits.transfers,
      bandwidth: overrides.bandwidth === undefined ? settings.limits.bandwidth : parseRate(overrides.bandwidth),
    },
  }
}

function overrideMistakes({ bandwidth, transfers }: Overrides): Mistake[] {
  const mistakes: Mistake[] = []
  if (bandwidth !== undefined && parseRate(bandwidth) === undefined) {
    mistakes.push({
      message: `--bandwidth ${bandwidth}: write a number with K, M or G, such as 20M (bytes per second, at least 1K)`,
    })
  }
  if (transfers !== undefined && (!Number.isInteger(transfers) || transfers < 1 || transfers > maxTransfers)) {
    mistakes.push({ message: `--transfers must be a whole number from 1 to ${maxTransfers}` })
  }
  return mistakes
}

const isFile = (file: string) =>
  stat(file).then(
    (found) => found.isFile(),
    () => false,
  )

const empty: SettingsDocument = { value: { accounts: {} }, place: () => undefined, mistakes: [] }

const noAccounts = (document: SettingsDocument, providers: readonly Provider[]): Mistake => ({
  place: document.place(['accounts']),
  message: `accounts is empty: there is nothing to copy; add one of ${providers.map((provider) => provider.id).join(', ')}`,
})

/** Throws a Failure of kind `settings` for what is no text in UTF-8: Windows' editors and shells still write UTF-16. */
async function readText(file: string): Promise<string> {
  let bytes: Buffer
  try {
    bytes = await readFile(file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Failure('settings', `${file} cannot be read (${code ?? 'unknown reason'})`, {
      hint: 'see who may read the file',
      cause: error,
    })
  }
  try {
    if (!bytes.includes(0)) return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // Said below, for both.
  }
  throw new Failure('settings', `${file} is not text in UTF-8`, { hint: 'save it again with the encoding UTF-8' })
}

async function profileOf(
  { value }: SettingsDocument,
  file: string | undefined,
  environment: Environment,
  folder: string,
  { providers, profiles, home }: LoadOptions,
): Promise<Profile | undefined> {
  const wanted = section(value)?.profile
  if (file === undefined || typeof wanted !== 'string' || wanted === '') return undefined
  const ca = section(section(value)?.network)?.ca
  const network = networkOf(typeof ca === 'string' ? ca : undefined, { file, folder, home, environment })
  const { packaged, fetch } = profiles
  return loadProfile({
    wanted,
    base: path.dirname(file),
    folder,
    packaged,
    providers,
    ...(fetch !== undefined && { fetch: (address: string) => fetch(address, network) }),
  })
}

/** Secrets from the environment win over the file, and are there before it is checked. */
function addSecrets(value: unknown, providers: readonly Provider[], env: EnvironmentVariables): void {
  const accounts = section(section(value)?.accounts)
  for (const [name, entry] of Object.entries(accounts ?? {})) {
    const account = section(entry)
    const provider = providers.find((candidate) => candidate.id === (account?.provider ?? name))
    if (account === undefined || provider === undefined) continue
    if (provider.signIn.method === 'password') {
      const password = secretOf(env, name, 'PASSWORD')
      if (password !== undefined) account.password = password
    } else {
      const secret = secretOf(env, name, 'CLIENT_SECRET')
      const client = section(account.client)
      if (secret !== undefined && client !== undefined) client.secret = secret
    }
  }
}

interface WithoutApp {
  readonly provider: Provider
  readonly account: unknown
}

/** Accounts that sign in through an app and name none, one of each provider: how it is made is told below the mistakes. */
function withoutApp({ value }: SettingsDocument, providers: readonly Provider[]): readonly WithoutApp[] {
  const accounts = Object.entries(section(section(value)?.accounts) ?? {})
  return providers.flatMap((provider) => {
    const found = accounts.find(([name, account]) => {
      const own = section(account)
      return own !== undefined && (own.provider ?? name) === provider.id && section(own.client)?.id === undefined
    })
    return found === undefined || provider.guide?.app === undefined ? [] : [{ provider, account: found[1] }]
  })
}

function failure(file: string | undefined, mistakes: readonly Mistake[], guided: readonly WithoutApp[] = []): Failure {
  const sorted = mistakes.toSorted(
    (a, b) => (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0),
  )
  const lines = sorted.map(({ place, message }) =>
    file === undefined || message.startsWith('--')
      ? message
      : `${file}${place === undefined ? '' : `:${place.line}:${place.column}`}: ${message}`,
  )
  const count = lines.length === 1 ? 'a mistake' : `${lines.length} mistakes`
  const message = `${count} in the settings\n${lines.map((line) => `  ${line}`).join('\n')}`
  const hint = 'config/holdall.example.yaml shows every setting'
  if (guided.length === 0) return new Failure('settings', message, { hint })
  const said = (language: Language): Said => ({
    message: [
      message,
      ...guided.flatMap(({ provider, account }) => ['', provider.title, ...guideLines(provider, account, language)]),
    ].join('\n'),
    hint: {
      en: 'holdall init goes through these pages one by one, and checks what is pasted; config/holdall.example.yaml shows every setting',
      ja: 'holdall init では、これらのページを 1 つずつ案内し、貼り付けられたものを確かめます。すべての設定は config/holdall.example.yaml にあります',
    }[language],
  })
  return Failure.in('settings', { en: said('en'), ja: said('ja') })
}
