import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

/** Debian's Apache 2 (package `apache2`). */
const program = '/usr/sbin/apache2'
const modules = '/usr/lib/apache2/modules'

/**
 * Whether tests against a real Apache can run here. Where it is missing they are skipped, and this says so aloud; with CI=true it throws.
 */
export function hasApache(): boolean {
  if (existsSync(program)) return true
  if (process.env.CI === 'true') throw new Error('Debian package apache2 is missing, and CI must not skip the tests against it')
  process.stderr.write('\nSKIPPED: the tests against a real Apache need the Debian package apache2\n\n')
  return false
}

export interface ApacheOptions {
  readonly auth: 'basic' | 'digest'
  /** The folder that it serves as /dav/. */
  readonly folder: string
  /** Certificate and key as PEM; absent: plain http. */
  readonly tls?: { readonly cert: string; readonly key: string }
  /** Further lines of its configuration. */
  readonly extra?: readonly string[]
}

export interface Apache {
  /** With a slash at its end. */
  readonly url: string
  readonly username: string
  readonly password: string
  /** One line for each request: method, path, status, Range and Depth headers. */
  requests(): Promise<string[]>
  stop(): Promise<void>
}

/** Starts an Apache of its own on a free port of 127.0.0.1, which serves `folder` by WebDAV at /dav/. */
export async function startApache(options: ApacheOptions): Promise<Apache> {
  const home = await mkdtemp(join(tmpdir(), 'holdall-apache-'))
  await chmod(home, 0o755)
  // Apache does not read the extended form in which Digest carries other names than ASCII ones (RFC 7616 section 3.4).
  const [username, password] = [options.auth === 'basic' ? 'läser' : 'reader', 'Lösen ord:1']
  await mkdir(join(home, 'run'), { mode: 0o777 })
  await chmod(join(home, 'run'), 0o777)
  await writeFile(join(home, 'users'), await userLine(options.auth, username, password))
  if (options.tls !== undefined) {
    await writeFile(join(home, 'cert.pem'), options.tls.cert)
    await writeFile(join(home, 'key.pem'), options.tls.key, { mode: 0o600 })
  }
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    await writeFile(join(home, 'apache.conf'), configuration(home, port, options))
    const child = spawn(program, ['-f', join(home, 'apache.conf'), '-DFOREGROUND'], { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (data) => (output += data))
    child.stderr.on('data', (data) => (output += data))
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
    const url = `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}/dav/`
    const came = await Promise.race([answers(port), ended.then(() => false)])
    if (!came) {
      child.kill('SIGKILL')
      const log = await readFile(join(home, 'error.log'), 'utf8').catch(() => '')
      // Another test may have taken the port in between.
      if (attempt < 3 && /could not bind/i.test(output + log)) continue
      throw new Error(`Apache did not start: ${output}${log}`)
    }
    return {
      url,
      username,
      password,
      requests: async () => (await readFile(join(home, 'access.log'), 'utf8')).split('\n').filter((line) => line !== ''),
      stop: async () => {
        child.kill('SIGTERM')
        const stopped = await Promise.race([ended.then(() => true), sleep(5000, false)])
        if (!stopped) child.kill('SIGKILL')
        await ended
        await rm(home, { recursive: true, force: true })
      },
    }
  }
}

const realm = 'files'

async function userLine(auth: 'basic' | 'digest', username: string, password: string): Promise<string> {
  if (auth === 'digest')
    return `${username}:${realm}:${createHash('md5').update(`${username}:${realm}:${password}`).digest('hex')}\n`
  const { stdout } = await promisify(execFile)('openssl', ['passwd', '-apr1', password])
  return `${username}:${stdout.trim()}\n`
}

function configuration(home: string, port: number, { auth, folder, tls, extra = [] }: ApacheOptions): string {
  const names = [
    'mpm_event',
    'authn_core',
    'authn_file',
    'authz_core',
    'authz_user',
    `auth_${auth}`,
    'dav',
    'dav_fs',
    'mime',
    'alias',
    'dir',
  ]
  if (tls !== undefined) names.push('socache_shmcb', 'ssl')
  const { username: me } = userInfo()
  return [
    `ServerRoot ${home}`,
    'ServerName 127.0.0.1',
    `Listen 127.0.0.1:${port}`,
    ...names.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`),
    // As root it gives up root's rights: the tests' folders must be readable for all then.
    ...(me === 'root' ? ['User www-data', 'Group www-data'] : []),
    `PidFile ${home}/run/apache.pid`,
    `DefaultRuntimeDir ${home}/run`,
    `ErrorLog ${home}/error.log`,
    'LogLevel error',
    `LogFormat "%m %U %>s range=%{Range}i depth=%{Depth}i" lines`,
    `CustomLog ${home}/access.log lines`,
    'TypesConfig /etc/mime.types',
    'KeepAlive On',
    'MaxKeepAliveRequests 0',
    'StartServers 1',
    'ServerLimit 4',
    'ThreadsPerChild 25',
    'MaxRequestWorkers 100',
    'EnableSendfile On',
    `DavLockDB ${home}/run/locks`,
    ...(tls === undefined
      ? []
      : ['SSLEngine on', `SSLCertificateFile ${home}/cert.pem`, `SSLCertificateKeyFile ${home}/key.pem`]),
    `Alias /dav "${folder}"`,
    `<Directory "${folder}">`,
    'Options FollowSymLinks',
    'AllowOverride None',
    'Dav On',
    'DirectorySlash On',
    'DirectoryIndex disabled',
    auth === 'basic' ? 'AuthType Basic' : 'AuthType Digest',
    `AuthName ${realm}`,
    auth === 'basic' ? 'AuthBasicProvider file' : 'AuthDigestProvider file',
    `AuthUserFile ${home}/users`,
    'Require valid-user',
    '</Directory>',
    ...extra,
    '',
  ].join('\n')
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

async function answers(port: number): Promise<boolean> {
  const { connect } = await import('node:net')
  for (let tries = 0; tries < 200; tries++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy()
        resolve(true)
      })
      socket.once('error', () => resolve(false))
    })
    if (open) return true
    await sleep(25)
  }
  return false
}
