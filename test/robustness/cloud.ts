import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { makeCertificate } from '../../src/practice/certificate.ts'
import { createDriveModel } from '../../src/practice/google/model.ts'
import { startPracticeGoogle } from '../../src/practice/google/practice-google.ts'
import { startPracticeMicrosoft } from '../../src/practice/microsoft/practice-microsoft.ts'
import { createWebdavModel } from '../../src/practice/webdav/model.ts'
import type { WebdavQuirks } from '../../src/practice/webdav/quirks.ts'
import { startPracticeWebdav } from '../../src/practice/webdav/server.ts'
import { startPracticeZoom } from '../../src/practice/zoom/practice-zoom.ts'
import type { CloudOptions } from '../journeys/cloud.ts'
import { type Place, run } from './program.ts'

type Started<Start extends (options: never) => Promise<unknown>> = Awaited<ReturnType<Start>>

/** The services that an account of a chain is at, and the person's computer. */
export interface Cloud {
  readonly place: Place
  readonly google: Started<typeof startPracticeGoogle> | undefined
  readonly microsoft: Started<typeof startPracticeMicrosoft> | undefined
  readonly zoom: Started<typeof startPracticeZoom> | undefined
  readonly home: Started<typeof startPracticeWebdav> | undefined
  /** Signs in wherever that is needed. */
  signIn(): Promise<void>
  /** What no client may do, seen by the servers, and mistakes of theirs. */
  misdeeds(): unknown[]
  /** Empties the servers' logs. */
  forget(): void
  close(): Promise<void>
  /** Removes the folder. */
  remove(): void
}

const login = { username: 'student', password: 'Only-4-practising!' } as const
/** The real services' quotas and pauses would keep these runs waiting for hours. */
const pace = 1000
/** Real defaults are minutes: an hour of trouble passes in seconds here. */
const limits = 'limits: { retryFor: 12s, stall: 2s, offline: 10s }'

let certificate: ReturnType<typeof makeCertificate> | undefined

/** Starts the services that `options` name, and prepares a place that knows them and is signed in. */
export async function startCloud(options: CloudOptions, quirks: Partial<WebdavQuirks>): Promise<Cloud> {
  certificate ??= makeCertificate()
  const tls = await certificate
  const { accounts = [], sources = [] } = options
  const google = accounts.includes('google')
    ? await startPracticeGoogle({ tls, model: options.drive ?? createDriveModel(), ...options.google })
    : undefined
  const microsoft = options.microsoft && (await startPracticeMicrosoft({ tls, ...options.microsoft }))
  const zoom = options.zoom && (await startPracticeZoom({ tls, ...options.zoom }))
  const home = accounts.includes('home')
    ? await startPracticeWebdav({
        tls,
        model: options.home ?? createWebdavModel(),
        auth: 'digest',
        users: { [login.username]: login.password },
        quirks,
      })
    : undefined
  const servers = [google, microsoft, zoom, home].filter((one) => one !== undefined)

  const folder = mkdtempSync(path.join(tmpdir(), 'holdall-robustness-'))
  const own = path.join(folder, 'home')
  mkdirSync(own)
  const settings = [
    'archive: ./archive',
    'accounts:',
    ...(google === undefined
      ? []
      : [
          '  google:',
          `    client: { id: ${JSON.stringify(google.client.id)}, secret: ${JSON.stringify(google.client.secret)} }`,
          `    sources: [${sources.join(', ')}]`,
        ]),
    ...(microsoft === undefined
      ? []
      : ['  microsoft:', `    client: { id: ${JSON.stringify(microsoft.client.id)} }`, '    tenant: organizations']),
    ...(zoom === undefined
      ? []
      : [
          '  zoom:',
          `    client: { id: ${JSON.stringify(zoom.client.publicId)} }`,
          `    options: { recordings: { from: ${options.zoom?.from} } }`,
        ]),
    ...(home === undefined ? [] : ['  home:', '    provider: webdav', `    url: ${home.url}`, `    username: ${login.username}`]),
    'tokens: file',
    limits,
  ]
  const config = path.join(folder, 'holdall.yaml')
  writeFileSync(config, settings.join('\n'), { mode: 0o600 })
  const described = path.join(folder, 'practice.json')
  const endpoints = {
    ...(google !== undefined && { google: { ...google.endpoints, photos: google.photos } }),
    ...(microsoft !== undefined && { microsoft: microsoft.endpoints }),
    ...(zoom !== undefined && { zoom: zoom.endpoints }),
  }
  writeFileSync(described, JSON.stringify({ endpoints, ca: tls.ca, pace }))
  const place: Place = {
    folder,
    archive: path.join(folder, 'archive'),
    env: {
      PATH: process.env.PATH ?? '',
      HOME: own,
      HOLDALL_HOME: own,
      HOLDALL_CONFIG: config,
      HOLDALL_PRACTICE: described,
      HOLDALL_HOME_PASSWORD: login.password,
    },
  }
  const cloud: Cloud = {
    place,
    google,
    microsoft,
    zoom,
    home,
    async signIn() {
      for (const account of accounts) {
        if (account === 'home') continue
        const { status, stderr } = await run(place, ['connect', account, '--yes'])
        if (status !== 0) throw new Error(`signing in to ${account} failed (${status}): ${stderr}`)
      }
    },
    misdeeds: () => [
      ...(google === undefined ? [] : [...google.violations, ...google.errors]),
      ...(microsoft === undefined ? [] : [...microsoft.log.violations, ...microsoft.errors]),
      ...(zoom === undefined ? [] : [...zoom.violations, ...zoom.errors]),
      ...(home === undefined ? [] : home.records.errors),
    ],
    forget() {
      google?.resetLog()
      microsoft?.log.reset()
      zoom?.resetLog()
      if (home !== undefined) home.records.requests.length = 0
    },
    close: async () => void (await Promise.all(servers.map((server) => server.close()))),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
  await cloud.signIn()
  return cloud
}
