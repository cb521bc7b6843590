import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { z } from 'zod'
import { runProgram, type World } from '../../src/app/program.ts'
import type { SourceType } from '../../src/core/provider.ts'
import { makeCertificate } from '../../src/practice/certificate.ts'
import { personalAccount, strangeTenant } from '../../src/practice/microsoft/account.ts'
import { createOneDriveModel } from '../../src/practice/microsoft/drive/model.ts'
import { type PracticeMicrosoftOptions, startPracticeMicrosoft } from '../../src/practice/microsoft/practice-microsoft.ts'

const { source } = vi.hoisted(() => ({
  source: {
    id: 'files',
    title: { en: 'Files', ja: 'ファイル' },
    holds: 'files' as const,
    features: { changeFeed: false, resumable: false, checksums: [], sizes: false, lastingIds: true },
    cost: { page: { budget: 'x', units: 1, items: 1 }, part: [] },
    scopes: () => ['Files.Read'],
    shape: () => '',
    open: (): never => {
      throw new Error('not used in these tests')
    },
  },
}))

// The provider with a source of its own: these tests are about the sign-in alone.
vi.mock('../../src/providers/index.ts', async () => {
  const { microsoft } = await import('../../src/providers/microsoft/provider.ts')
  const files: SourceType = { ...source, settings: z.object({}) }
  return { providers: [{ ...microsoft, sources: [files] }], later: [] }
})

let certificate: ReturnType<typeof makeCertificate> | undefined

/** A person's computer beside a practice Entra. */
async function begin(options: Partial<PracticeMicrosoftOptions> = {}) {
  certificate ??= makeCertificate()
  const tls = await certificate
  const folder = await mkdtemp(join(tmpdir(), 'holdall-connect-'))
  const cloud = async (more: Partial<PracticeMicrosoftOptions>) => {
    const microsoft = await startPracticeMicrosoft({ tls, model: createOneDriveModel(), deviceIntervalSeconds: 1, ...more })
    onTestFinished(() => microsoft.close())
    const file = join(folder, `practice-${new URL(microsoft.endpoints.graph).port}.json`)
    await writeFile(file, JSON.stringify({ endpoints: { [microsoftId]: microsoft.endpoints }, ca: tls.ca }))
    return { microsoft, file }
  }
  const { microsoft, file } = await cloud(options)
  onTestFinished(() => rm(folder, { recursive: true }))
  const config = join(folder, 'holdall.yaml')
  const configure = (more = '') =>
    writeFile(
      config,
      `accounts:\n  uni:\n    provider: microsoft\n    client: { id: "${microsoft.client.id}" }\n${more}tokens: file\n`,
    )
  await configure()

  const run = (argv: readonly string[], practice: string | undefined = file) => {
    const person = new AbortController()
    const stdin = new PassThrough()
    const [stdout, stderr] = [new PassThrough(), new PassThrough()]
    const said = { out: '', err: '' }
    stdout.setEncoding('utf8').on('data', (text: string) => {
      said.out += text
    })
    stderr.setEncoding('utf8').on('data', (text: string) => {
      said.err += text
    })
    const ended = runProgram({
      argv,
      locale: 'en',
      env: { HOLDALL_HOME: folder, HOLDALL_CONFIG: config, HOLDALL_PRACTICE: practice },
      cwd: folder,
      home: folder,
      host: 'here',
      platform: process.platform,
      pid: process.pid,
      versions: process.versions,
      version: '0.1.0',
      profiles: folder,
      stdin: stdin as unknown as World['stdin'],
      stdout: stdout as unknown as World['stdout'],
      stderr: stderr as unknown as World['stderr'],
      spawn,
      interrupt: AbortSignal.any([AbortSignal.timeout(12_000), person.signal]),
    })
    /** Ctrl-C. */
    const stop = () => person.abort()
    return { stdin, said, ended, stop }
  }
  const finished = async (argv: readonly string[], practice?: string) => {
    const { ended, said } = run(argv, practice)
    return { status: await ended, ...said }
  }
  return { microsoft, cloud, configure, run, finished, folder, ca: tls.ca }
}

const microsoftId = 'microsoft'

/** Where a page leads, as a browser on another machine shows it at the end. */
const whereTo = async (address: string, ca: string): Promise<string> => {
  const { request } = await import('node:https')
  return new Promise((resolve, reject) => {
    request(address, { ca, agent: false }, (answer) => {
      answer.resume()
      resolve(answer.headers.location ?? '')
    })
      .once('error', reject)
      .end()
  })
}

describe('holdall connect with a provider that signs in by its own library', () => {
  it('signs in, says who it is and with which rights, signs in again, and disconnects', async () => {
    const { microsoft, finished, folder } = await begin()
    const first = await finished(['connect', 'uni'])
    expect(first, first.err).toMatchObject({ status: 0 })
    expect(first.out).toContain(`Signed in to uni as ${microsoft.account.username}`)

    const kept = join(folder, 'sign-ins')
    for (const name of await readdir(kept)) if (name.endsWith('.json')) expect((await stat(join(kept, name))).mode & 0o77).toBe(0)
    const record = JSON.parse(await readFile(join(kept, 'uni.json'), 'utf8')) as { subject: string; tokens: object }
    expect(record.subject).toBe(microsoft.account.oid)

    const shown = await finished(['accounts', '--json'])
    const summary = JSON.parse(shown.out.trim().split('\n').at(-1) ?? '') as { details: { accounts: { rights: string[] }[] } }
    expect(summary.details.accounts[0]).toMatchObject({ account: 'uni', who: microsoft.account.username })
    expect(summary.details.accounts[0]?.rights).toEqual(expect.arrayContaining(['User.Read', 'Files.Read']))

    expect((await finished(['connect', 'uni'])).status).toBe(0)
    const ended = await finished(['disconnect', 'uni'])
    expect(ended.status).toBe(0)
    expect(ended.err).toContain('https://myapps.microsoft.com')
    expect(ended.err).toContain('https://account.live.com/consent/Manage')
    expect((await finished(['accounts'])).out).toContain('not signed in (holdall connect uni)')
    expect((await readdir(kept)).filter((name) => name.endsWith('.json'))).toEqual([])
    expect(microsoft.log.violations).toEqual([])
    expect(microsoft.errors).toEqual([])
  })

  it('prints the address alone, and takes the one that the browser of another machine ended at', async () => {
    const { run, ca, microsoft } = await begin()
    const { stdin, said, ended } = run(['connect', 'uni', '--no-browser'])
    await vi.waitFor(() => expect(said.out).toMatch(/^https:\/\/\S+\n$/), { timeout: 8000, interval: 10 })
    const back = await whereTo(said.out.trim(), ca)
    expect(back).toMatch(/^http:\/\/localhost:\d+\/?\?code=/)
    stdin.write(`${said.out}${back}\n`)
    expect(await ended).toBe(0)
    expect(said.err).toContain('that is the page to sign in on')
    expect(said.out).toContain(`as ${microsoft.account.username}`)
    expect(said.err).not.toContain(new URL(back).searchParams.get('code'))
  })

  it('takes the redirect at the loopback address meanwhile', async () => {
    const { run, ca } = await begin()
    const { said, ended } = run(['connect', 'uni', '--no-browser'])
    await vi.waitFor(() => expect(said.out).toMatch(/^https:\/\/\S+\n$/), { timeout: 8000, interval: 10 })
    const back = new URL(await whereTo(said.out.trim(), ca))
    const page = await new Promise<string>((resolve) => {
      httpRequest({ host: '127.0.0.1', port: back.port, path: `/${back.search}`, headers: { host: back.host } }, (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
        })
        answer.once('end', () => resolve(text))
      }).end()
    })
    expect(page).toContain('You are signed in')
    expect(await ended).toBe(0)
  })

  it('signs in by a code on another device', async () => {
    const { finished, microsoft } = await begin()
    const { status, err, out } = await finished(['connect', 'uni', '--device'])
    expect(status, err).toBe(0)
    expect(err).toMatch(/open https:\/\/\S+ on any device and enter the code \w+/)
    expect(out).toContain(`as ${microsoft.account.username}`)
  })

  it('says what stands against it, and what to ask for', async () => {
    const { finished, microsoft } = await begin()
    microsoft.consent.refuse('AADSTS90094', { at: 'authorize' })
    const refused = await finished(['connect', 'uni'])
    expect(refused.status).toBe(4)
    expect(refused.err).toContain(`adminconsent?client_id=${microsoft.client.id}`)
    expect(refused.err).toContain('holdall connect uni --explain prints a text for your help desk')
  })

  it('says what an account of another organisation than `tenant` means, though only the page in the browser does', async () => {
    const { run, finished, configure } = await begin()
    await configure(`    tenant: ${strangeTenant}\n`)
    const { said, ended, stop } = run(['connect', 'uni'])
    await vi.waitFor(() => expect(said.err).toContain('your browser opens'), { timeout: 8000, interval: 10 })
    stop()
    expect(await ended).toBe(130)
    expect(said.err).toMatch(
      /if the page in the browser showed a code such as AADSTS50020, run: holdall connect uni --explain CODE/,
    )
    const explained = await finished(['connect', 'uni', '--explain', 'AADSTS50020'])
    expect(explained.status, explained.err).toBe(0)
    expect(explained.out).toMatch(/does not belong to the organisation that the app or `tenant` is for/)
    expect(explained.out).toMatch(/correct tenant in holdall\.yaml/)
  })

  it('signs in once more where a rule of the organisation asks for it, in the browser and by a code', async () => {
    for (const how of [[], ['--device']]) {
      const { finished, microsoft } = await begin()
      microsoft.demandClaims('person')
      const { status, err, out } = await finished(['connect', 'uni', ...how])
      expect(status, err).toBe(0)
      expect(err).toContain('asks for one more proof of who you are')
      expect(out).toContain(`as ${microsoft.account.username}`)
      const asked = microsoft.log.requests.filter(({ path }) => /\/(authorize|devicecode)$/.test(path))
      expect(asked).toHaveLength(2)
      // What is kept goes on working: it is renewed with what the person gave.
      microsoft.expireAccessTokens()
      expect((await finished(['connect', 'uni', ...how])).status).toBe(0)
      expect(microsoft.log.violations).toEqual([])
    }
  })

  it('does not ask a third time for what the rule is not satisfied with', async () => {
    const { finished, microsoft } = await begin()
    microsoft.demandClaims('in vain')
    const { status, err } = await finished(['connect', 'uni'])
    expect(status).toBe(4)
    expect(err).toMatch(/asks for more than this sign-in of uni brought/)
    expect(microsoft.log.requests.filter(({ path }) => path.endsWith('/authorize'))).toHaveLength(2)
  })

  it('names the right that was not given, and ends with 4', async () => {
    const { finished, microsoft } = await begin()
    microsoft.consent.grantOnly(['User.Read'])
    const { status, err } = await finished(['connect', 'uni'])
    expect(status).toBe(4)
    expect(err).toContain('the right Files.Read was not granted')
  })

  it('keeps an account to the person that it is bound to', async () => {
    const { finished, cloud, microsoft, folder } = await begin()
    expect((await finished(['connect', 'uni'])).status).toBe(0)
    const before = await readFile(join(folder, 'sign-ins/uni.json'), 'utf8')
    const other = await cloud({ model: createOneDriveModel({ account: personalAccount }) })
    const { status, err } = await finished(['connect', 'uni'], other.file)
    expect(status).toBe(2)
    expect(err).toContain(`belongs to ${microsoft.account.username}`)
    expect(await readFile(join(folder, 'sign-ins/uni.json'), 'utf8')).toBe(before)
  })
})
