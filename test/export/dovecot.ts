import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, lchownSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

export interface Dovecot {
  readonly port: number
  /** What it wrote to its log. */
  log(): string
  close(): Promise<void>
}

/** Dovecot refuses to hand out mail as root: `nobody` does it then. */
const root = userInfo().uid === 0
const nobody = 65534

/**
 * Serves a mail store over IMAP on a loopback port: a Dovecot of its own, with its own settings, of the user who runs the tests. Any name and the password
 * `practice` sign in. Whatever stands below `store` is handed to `nobody` where the tests run as root.
 */
export async function startDovecot(location: string, store: string, separator: '/' | '.' = '/'): Promise<Dovecot> {
  const base = await mkdtemp(path.join(tmpdir(), 'holdall-dovecot-'))
  const { uid, gid, username } = root ? { uid: nobody, gid: nobody, username: 'nobody' } : userInfo()
  const group = root ? 'nogroup' : execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim()
  for (const folder of ['run', 'state', 'home']) mkdirSync(path.join(base, folder))
  const port = await freePort()
  const log = path.join(base, 'log')
  writeFileSync(
    path.join(base, 'dovecot.conf'),
    `
protocols = imap
listen = 127.0.0.1
base_dir = ${base}/run
state_dir = ${base}/state
log_path = ${log}
default_internal_user = ${username}
default_login_user = ${username}
default_internal_group = ${group}
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
first_valid_uid = ${uid}
first_valid_gid = ${gid}
last_valid_uid = ${uid}
last_valid_gid = ${gid}
mail_location = ${location}
mailbox_list_index = no
passdb {
  driver = static
  args = password=practice
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${base}/home
}
namespace inbox {
  inbox = yes
  separator = ${separator}
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
`,
  )
  if (root) for (const folder of [base, store]) give(folder)
  const env = { PATH: `${process.env.PATH}:/usr/sbin` }
  const child = spawn('dovecot', ['-F', '-c', path.join(base, 'dovecot.conf')], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(root && { uid, gid }),
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const told = () => said + (readdirSync(base).includes('log') ? readFileSync(log, 'utf8') : '')
  await listening(port, child, told)
  return {
    port,
    log: told,
    async close() {
      if (child.exitCode === null) {
        child.kill('SIGTERM')
        await once(child, 'exit')
      }
      await rm(base, { recursive: true, force: true })
    },
  }

  function give(file: string): void {
    lchownSync(file, uid, gid)
    for (const entry of readdirSync(file, { withFileTypes: true })) {
      const inside = path.join(file, entry.name)
      if (entry.isDirectory()) give(inside)
      else chownSync(inside, uid, gid)
    }
    chmodSync(file, 0o700)
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

async function listening(port: number, child: ChildProcess, told: () => string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) break
    const socket = connect(port, '127.0.0.1')
    try {
      await once(socket, 'data')
      return
    } catch {
      await pause(50)
    } finally {
      socket.destroy()
    }
  }
  throw new Error(`Dovecot does not answer:\n${told()}`)
}
