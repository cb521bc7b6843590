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
import type { OneDriveModel } from '../../src/practice/microsoft/drive/one-drive-model.ts'
import type { NotesModel } from '../../src/practice/microsoft/onenote/notes-model.ts'
import {
  type PracticeMicrosoft,
  type PracticeMicrosoftOptions,
  startPracticeMicrosoft,
} from '../../src/practice/microsoft/practice-microsoft.ts'
import { createWebdavModel, type WebdavModel } from '../../src/practice/webdav/model.ts'
import { type PracticeWebdav, type PracticeWebdavOptions, startPracticeWebdav } from '../../src/practice/webdav/server.ts'
import type { RecordingsModel } from '../../src/practice/zoom/model.ts'
import { type PracticeZoom, type PracticeZoomOptions, startPracticeZoom } from '../../src/practice/zoom/practice-zoom.ts'
import { makePlace, type Place, run } from './program.ts'

export const login = { username: 'student', password: 'Only-4-practising!' } as const

/** One certificate for all servers of a test file. */
let certificate: Promise<PracticeCertificate> | undefined
export const testCertificate = () => (certificate ??= makeCertificate())

export type AccountName = 'google' | 'home' | 'microsoft' | 'zoom'

export interface CloudOptions {
  readonly drive?: DriveModel
  readonly home?: WebdavModel
  readonly google?: Partial<PracticeGoogleOptions>
  readonly webdav?: Partial<PracticeWebdavOptions>
  /** Served only if given, like Zoom. */
  readonly microsoft?: Partial<PracticeMicrosoftOptions> & { readonly model: OneDriveModel; readonly notes?: NotesModel }
  readonly zoom?: Partial<PracticeZoomOptions> & {
    readonly model: RecordingsModel
    /** The first day that is asked for; default: the beginning. */
    readonly from?: string
  }
  /** Accounts of the settings; default Google and the home. */
  readonly accounts?: readonly AccountName[]
  /** Of Google; default Drive alone. */
  readonly sources?: readonly string[]
  /** Without the pace that the provider's quotas ask for: there is no quota here, and a test has no minutes. */
  readonly swift?: boolean
  /** Further lines of the settings, at top level. */
  readonly settings?: string
  /** Sign in at once wherever that is needed; default true. */
  readonly connect?: boolean
}

/** The practice cloud with a place that knows it. */
export interface Cloud {
  readonly place: Place
  readonly google: PracticeGoogle
  readonly webdav: PracticeWebdav
  /** Only where it is served; else asking for it throws. */
  readonly microsoft: PracticeMicrosoft
  readonly zoom: PracticeZoom
  serves(provider: 'microsoft' | 'zoom'): boolean
  readonly drive: DriveModel
  readonly home: WebdavModel
  readonly ca: string
  /** Another place (another archive) for the same cloud. */
  anotherPlace(settings?: string): Promise<Place>
  /** Settings text for a place. */
  settings(more?: string): string
  /** What no client may do, seen by the servers, and mistakes of theirs. */
  misdeeds(): unknown[]
  /** Empties the servers' logs. */
  forget(): void
}

/** The real services would keep a test waiting for minutes. */
const pace = 1000

/** Starts a practice Google and a practice WebDAV home, and the others that are asked for, in this process, and prepares a place for a child process to work with them. */
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
  const microsoft = options.microsoft && (await startPracticeMicrosoft({ tls, ...options.microsoft }))
  if (microsoft !== undefined) onTestFinished(() => microsoft.close())
  const zoom = options.zoom && (await startPracticeZoom({ tls, ...options.zoom }))
  if (zoom !== undefined) onTestFinished(() => zoom.close())

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
      ...(accounts.includes('microsoft') && microsoft !== undefined
        ? ['  microsoft:', `    client: { id: ${JSON.stringify(microsoft.client.id)} }`, '    tenant: organizations']
        : []),
      ...(accounts.includes('zoom') && zoom !== undefined
        ? [
            '  zoom:',
            `    client: { id: ${JSON.stringify(zoom.client.publicId)} }`,
            ...(options.zoom?.from === undefined ? [] : [`    options: { recordings: { from: ${options.zoom.from} } }`]),
          ]
        : []),
      'tokens: file',
      more,
    ].join('\n')

  async function prepare(place: Place, more?: string): Promise<Place> {
    const file = path.join(place.folder, 'practice.json')
    const endpoints = {
      google: { ...google.endpoints, photos: google.photos },
      ...(microsoft !== undefined && { microsoft: microsoft.endpoints }),
      ...(zoom !== undefined && { zoom: zoom.endpoints }),
    }
    await writeFile(
      file,
      JSON.stringify({ endpoints, ca: tls.ca, ...(microsoft !== undefined || zoom !== undefined ? { pace } : {}) }),
    )
    await place.configure(settings(more))
    Object.assign(place.env, { HOLDALL_PRACTICE: file, HOLDALL_HOME_PASSWORD: login.password })
    if (options.swift === true) place.env.NODE_OPTIONS = `--import ${new URL('swift.ts', import.meta.url).href}`
    for (const account of options.connect === false ? [] : accounts) {
      if (account === 'home') continue
      const { status, stderr } = await run(place, ['connect', account, '--yes'])
      if (status !== 0) throw new Error(`signing in to ${account} failed: ${stderr}`)
    }
    return place
  }
  const served = <T>(service: T | undefined): T => {
    if (service === undefined) throw new Error('that is not served in this test')
    return service
  }

  return {
    place: await prepare(await makePlace()),
    google,
    webdav,
    get microsoft() {
      return served(microsoft)
    },
    get zoom() {
      return served(zoom)
    },
    drive,
    home,
    ca: tls.ca,
    anotherPlace: async (more) => prepare(await makePlace(), more),
    settings,
    serves: (provider) => (provider === 'microsoft' ? microsoft : zoom) !== undefined,
    misdeeds: () => [
      ...google.violations,
      ...google.errors,
      ...webdav.records.errors,
      ...(microsoft === undefined ? [] : [...microsoft.log.violations, ...microsoft.errors]),
      ...(zoom === undefined ? [] : [...zoom.violations, ...zoom.errors]),
    ],
    forget() {
      google.resetLog()
      webdav.records.requests.length = 0
      microsoft?.log.reset()
      zoom?.resetLog()
    },
  }
}
