import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Failure } from '../../core/failure.ts'
import type { Provider } from '../../core/provider.ts'
import { section } from '../complete-settings.ts'
import { explainIssues } from '../mistakes.ts'
import { nearest } from '../nearest.ts'
import { readYaml } from '../read-yaml.ts'
import { type ProfileFile, profileDefinition } from './profile-definition.ts'

/** An organisation's page of facts, read and checked. */
export interface Profile {
  /** As the settings name it. */
  readonly wanted: string
  /** The file that was read: the program's own, the person's, or the copy kept of an address. */
  readonly file: string
  readonly facts: ProfileFile
  /** What it says of accounts, by provider, as written: for the settings that it stands behind. */
  readonly accounts: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

export interface ProfileRequest {
  /** A name, a file, or an https address. */
  readonly wanted: string
  /** The folder that a relative file starts at. */
  readonly base: string
  /** The person's own folder for Holdall, which keeps what came from an address. */
  readonly folder: string
  /** The folder of the profiles that come with the program. */
  readonly packaged: string
  readonly providers: readonly Provider[]
  /** Brings the text of an address that is not kept yet, shows it and asks; undefined: not wanted. Absent: nobody can be asked. */
  fetch?(address: string): Promise<string | undefined>
}

/** Names of the profiles that come with the program. */
export async function packagedProfiles(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder)
  return files
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .toSorted()
}

/**
 * Finds, reads and checks a profile. An address is fetched once, shown, and kept: what its server says later changes nothing. Throws a Failure of kind
 * `settings` that names every mistake with its line.
 */
export async function loadProfile(request: ProfileRequest): Promise<Profile> {
  const { wanted, base, folder, packaged, providers } = request
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(wanted)) return fromAddress(request)
  if (/^[a-z0-9-]+$/.test(wanted)) {
    const known = await packagedProfiles(packaged)
    if (known.includes(wanted)) return readProfile(wanted, path.join(packaged, `${wanted}.yaml`), providers)
    const meant = nearest(wanted, known)
    throw new Failure(
      'settings',
      `there is no profile called "${wanted}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`,
      {
        hint: `profiles that come with Holdall: ${known.join(', ')}; for a file write its path (./${wanted}.yaml), for a page its https address`,
      },
    )
  }
  return readProfile(wanted, path.resolve(base, wanted), providers)

  async function fromAddress({ fetch }: ProfileRequest): Promise<Profile> {
    if (!/^https:\/\/[^/@]+(\/|$)/i.test(wanted))
      throw new Failure(
        'settings',
        'a profile is only fetched from an address that begins with https:// and holds no user name',
        {
          hint: "ask for the organisation's https address of it",
        },
      )
    const kept = keptFile(folder, wanted)
    if (!(await exists(kept))) {
      const text = await fetch?.(wanted)
      if (text === undefined) {
        throw new Failure('settings', `the profile at ${wanted} has not been looked at and kept yet`, {
          hint: 'run holdall accounts on a terminal: it shows the profile and asks (--yes takes it as it is)',
        })
      }
      await mkdir(path.dirname(kept), { recursive: true, mode: 0o700 })
      await writeFile(kept, text, { mode: 0o600 })
    }
    return readProfile(wanted, kept, providers)
  }
}

/** Where the copy of an address is kept. */
export const keptFile = (folder: string, address: string) =>
  path.join(folder, 'profiles', `${createHash('sha256').update(address).digest('hex').slice(0, 16)}.yaml`)

const exists = (file: string) =>
  readFile(file).then(
    () => true,
    () => false,
  )

async function readProfile(wanted: string, file: string, providers: readonly Provider[]): Promise<Profile> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Failure(
      'settings',
      `the profile ${file} cannot be read${code === 'ENOENT' ? ': there is no such file' : ` (${code})`}`,
      {
        hint: 'profile: in holdall.yaml takes a name, the path of a file (relative to holdall.yaml), or an https address',
        cause: error,
      },
    )
  }
  return { wanted, file, ...parseProfile(text, file, providers) }
}

/** Checks the text of a profile; `from` names it in messages. Environment variables are not put in: a profile is another one's text. */
export function parseProfile(text: string, from: string, providers: readonly Provider[]): Pick<Profile, 'facts' | 'accounts'> {
  const schema = profileDefinition(providers)
  const document = readYaml(text, schema, {})
  const parsed = schema.safeParse(document.value)
  const mistakes = [...document.mistakes]
  if (document.mistakes.every((mistake) => !mistake.syntax) && !parsed.success)
    mistakes.push(...explainIssues(parsed.error.issues, { schema, document }))
  if (mistakes.length > 0 || !parsed.success) {
    const lines = mistakes.map(
      ({ place, message }) => `  ${place === undefined ? '' : `${place.line}:${place.column}: `}${message}`,
    )
    throw new Failure(
      'settings',
      `the profile ${from} has ${mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`}:\n${lines.join('\n')}`,
      {
        hint: 'tell whoever keeps the profile, or leave out profile: in holdall.yaml and fill in the settings yourself',
      },
    )
  }
  return { facts: parsed.data, accounts: (section(section(document.value)?.accounts) ?? {}) as Profile['accounts'] }
}
