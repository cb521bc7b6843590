import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { makeCertificate, type PracticeCertificate } from '../../src/practice/certificate.ts'
import type { DriveModel } from '../../src/practice/google/drive-model.ts'
import { createDriveModel } from '../../src/practice/google/model.ts'
import {
  type PracticeGoogle,
  type PracticeGoogleOptions,
  startPracticeGoogle,
} from '../../src/practice/google/practice-google.ts'
import { createWebdavModel, type WebdavModel } from '../../src/practice/webdav/model.ts'
import { type PracticeWebdav, type PracticeWebdavOptions, startPracticeWebdav } from '../../src/practice/webdav/server.ts'
import { makePlace, type Place, run } from './program.ts'

export const login = { username: 'student', password: 'Only-4-practising!' } as const

/** One certificate for all servers of a test file. */
let certificate: Promise<PracticeCertificate> | undefined
export const testCertificate = () => (certificate ??= makeCertificate())

export interface CloudOptions {
  readonly drive?: DriveModel
  readonly home?: WebdavModel
  readonly google?: Partial<PracticeGoogleOptions>
  readonly webdav?: Partial<PracticeWebdavOptions>
  /** Accounts of the settings; default both. */
  readonly accounts?: readonly ('google' | 'home')[]
  /** Of Google; default Drive alone. */
  readonly sources?: readonly string[]
  /** Without the pace that the provider's quotas ask for: there is no quota here, and a test has no minutes. */
  readonly swift?: boolean
  /** Further lines of the settings, at top level. */
  readonly settings?: string
  /** Sign in to Google at once; default true. */
  readonly connect?: boolean
}

/** The practice cloud with a place that knows it. */
export interface Cloud {
  readonly place: Place
  readonly google: PracticeGoogle
  readonly webdav: PracticeWebdav
  readonly drive: DriveModel
  readonly home: WebdavModel
  readonly ca: string
  /** Another place (another archive) for the same cloud. */
  anotherPlace(settings?: string): Promise<Place>
  /** Settings text for a place. */
  settings(more?: string): string
}

/** Starts a practice Google and a practice WebDAV home in this process, and prepares a place for a child process to work with them. */
export async function startCloud(options: CloudOptions = {}): Promise<Cloud> {
  const tls = await testCertificate()
  const drive = options.drive ?? createDriveModel()
  const home = options.home ?? createWebdavModel()
  const google = await startPracticeGoogle({ tls, model: drive, ...options.google })
  onTestFinished(() => google.close())
  const webdav = await startPracticeWebdav({
    tls,
    model: home,
    auth: 'digest',
    users: { [login.username]: login.password },
    ...options.webdav,
  })
  onTestFinished(() => webdav.close())
  const accounts = options.accounts ?? ['google', 'home']

  const settings = (more = options.settings ?? '') =>
    [
      'archive: ./archive',
      'accounts:',
      ...(accounts.includes('google')
        ? [
            '  google:',
            `    client: { id: ${JSON.stringify(google.client.id)}, secret: ${JSON.stringify(google.client.secret)} }`,
            `    sources: [${(options.sources ?? ['drive']).join(', ')}]`,
          ]
        : []),
      ...(accounts.includes('home')
        ? ['  home:', '    provider: webdav', `    url: ${webdav.url}`, `    username: ${login.username}`]
        : []),
      'tokens: file',
      more,
    ].join('\n')

  async function prepare(place: Place, more?: string): Promise<Place> {
    const file = path.join(place.folder, 'practice.json')
    await writeFile(file, JSON.stringify({ endpoints: { google: { ...google.endpoints, photos: google.photos } }, ca: tls.ca }))
    await place.configure(settings(more))
    Object.assign(place.env, { HOLDALL_PRACTICE: file, HOLDALL_HOME_PASSWORD: login.password })
    if (options.swift === true) place.env.NODE_OPTIONS = `--import ${new URL('swift.ts', import.meta.url).href}`
    if (accounts.includes('google') && options.connect !== false) {
      const { status, stderr } = await run(place, ['connect', 'google', '--yes'])
      if (status !== 0) throw new Error(`signing in failed: ${stderr}`)
    }
    return place
  }

  return {
    place: await prepare(await makePlace()),
    google,
    webdav,
    drive,
    home,
    ca: tls.ca,
    anotherPlace: async (more) => prepare(await makePlace(), more),
    settings,
  }
}
