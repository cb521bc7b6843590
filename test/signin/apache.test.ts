import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Credentials } from '../../src/core/transport.ts'
import { passwordCredentials } from '../../src/signin/password-credentials.ts'

const program = ['/usr/sbin/apache2', '/usr/sbin/httpd'].find((path) => existsSync(path))
const modules = ['/usr/lib/apache2/modules', '/usr/lib/httpd/modules'].find((path) => existsSync(path))
const present = program !== undefined && modules !== undefined
if (!present) {
  console.warn('SKIPPED: passwords against a real Apache: apache2 is not installed')
  if (process.env.CI === 'true') throw new Error('apache2 is needed for this test in CI')
}

const login = { account: 'home', username: 'a123456', password: 'p\u00e4ss "word"' }
let folder = ''
let port = 0
let apache: ChildProcess | undefined

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

const configuration = (): string => `
ServerName 127.0.0.1
ServerRoot "${folder}"
Listen 127.0.0.1:${port}
PidFile "${folder}/pid"
ErrorLog "${folder}/error.log"
DocumentRoot "${folder}/files"
${userInfo().uid === 0 ? 'User www-data\nGroup www-data' : ''}
${['mpm_event', 'authn_core', 'authn_file', 'authz_core', 'authz_user', 'auth_basic', 'auth_digest'].map((name) => `LoadModule ${name}_module "${modules}/mod_${name}.so"`).join('\n')}
<Directory "${folder}/files">
  Require valid-user
  AuthName "home"
</Directory>
<Directory "${folder}/files/digest">
  AuthType Digest
  AuthUserFile "${folder}/digest"
  AuthDigestNonceLifetime 1
</Directory>
<Directory "${folder}/files/basic">
  AuthType Basic
  AuthBasicProvider file
  AuthUserFile "${folder}/basic"
</Directory>
`

describe.skipIf(!present)('passwords at a real Apache', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdall-apache-'))
    await chmod(folder, 0o755) // its worker processes run as another user
    port = await freePort()
    for (const way of ['digest', 'basic']) {
      await mkdir(join(folder, 'files', way), { recursive: true })
      await writeFile(join(folder, 'files', way, 'a b'), 'content')
    }
    const { username, password } = login
    await writeFile(
      join(folder, 'digest'),
      `${username}:home:${createHash('md5').update(`${username}:home:${password}`).digest('hex')}\n`,
    )
    await writeFile(join(folder, 'basic'), `${username}:{SHA}${createHash('sha1').update(password).digest('base64')}\n`)
    await writeFile(join(folder, 'conf'), configuration())
    apache = spawn(program ?? '', ['-DFOREGROUND', '-f', join(folder, 'conf')], { stdio: 'ignore' })
    await vi.waitFor(() => fetch(`http://127.0.0.1:${port}/`), { timeout: 10_000 })
  }, 15_000)

  afterAll(async () => {
    if (apache !== undefined && apache.exitCode === null) {
      const ended = new Promise((resolve) => apache?.once('exit', resolve))
      apache.kill('SIGTERM')
      await ended
    }
    await rm(folder, { recursive: true, force: true })
  })

  const statuses: number[] = []
  const get = async (credentials: Credentials, way: string): Promise<number> => {
    const url = `http://127.0.0.1:${port}/${way}/a%20b?x=1`
    const once = async () => {
      const headers = await credentials.sign({ method: 'GET', url, headers: {} })
      const answer = await fetch(url, { headers })
      await answer.arrayBuffer()
      statuses.push(answer.status)
      return { headers, answer }
    }
    const { headers, answer } = await once()
    if (answer.status !== 401) return answer.status
    await credentials.renew(headers, answer.headers.get('www-authenticate') ?? undefined)
    return (await once()).answer.status
  }

  it.each(['digest', 'basic'])('are taken (%s), many at once', async (way) => {
    const credentials = passwordCredentials(login)
    expect(await get(credentials, way)).toBe(200)
    const all = await Promise.all(Array.from({ length: 30 }, () => get(credentials, way)))
    expect(new Set(all)).toEqual(new Set([200]))
  })

  it('are sent again under a new nonce when Apache lets the old one go stale', { timeout: 15_000 }, async () => {
    const credentials = passwordCredentials(login)
    await get(credentials, 'digest')
    statuses.length = 0
    // Apache's clock cannot be moved: ask until its nonce, which lives one second, has ended twice.
    await expect
      .poll(
        async () => {
          expect(await get(credentials, 'digest')).toBe(200)
          return statuses.filter((status) => status === 401).length
        },
        { timeout: 10_000, interval: 200 },
      )
      .toBe(2)
  })

  it.each(['digest', 'basic'])('that are wrong are not sent again and again (%s)', async (way) => {
    const credentials = passwordCredentials({ ...login, password: 'wrong' })
    statuses.length = 0
    await expect(get(credentials, way).then((status) => (status === 401 ? get(credentials, way) : status))).rejects.toMatchObject(
      { kind: 'signin' },
    )
    // Digest: refused as Basic, refused after the challenge, and once more by the next request; then nothing is sent.
    expect(statuses.length).toBe(way === 'digest' ? 3 : 1)
    await expect(get(credentials, way)).rejects.toMatchObject({ kind: 'signin' })
    expect(statuses.length).toBe(way === 'digest' ? 3 : 1)
  })
})
