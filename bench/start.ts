import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { median, type Program } from './measure.ts'
import { holdall, makePackage, sources } from './ours.ts'
import { scratch } from './scratch.ts'
import { printTable } from './table.ts'

/** From the start of the process to its first request, in milliseconds, against a server that only notes when that comes. */
export async function benchStart({ rounds }: { rounds: number }): Promise<void> {
  const home = await mkdtemp(join(scratch(), 'bench-'))
  let heard: (() => void) | undefined
  const server = createServer((_, response) => {
    heard?.()
    response.writeHead(404).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/dav/`
  try {
    const config = join(home, 'holdall.yaml')
    await writeFile(
      config,
      `archive: ./archive\naccounts:\n  home: { provider: webdav, url: "${url}", username: bench }\ntokens: file\n`,
    )
    const env = { HOLDALL_HOME: join(home, 'state'), HOLDALL_HOME_PASSWORD: 'bench' }
    const command = ['backup', 'home', '--config', config]
    const shipped = await makePackage(home)
    const contenders: readonly (readonly [string, Program])[] = [
      ['holdall (sources)', holdall(sources, command, env)],
      ['holdall (package)', holdall(shipped, command, env)],
      ['rclone webdav', { file: 'rclone', args: ['lsf', '--config', '', '--webdav-url', url, ':webdav:'] }],
      ['node -e 0, to its end', { file: process.execPath, args: ['-e', '0'] }],
    ]
    const times = new Map<string, number[]>(contenders.map(([name]) => [name, []]))
    // The first round only fills caches: that of the file system, and Node's of compiled code.
    for (let round = 0; round <= rounds; round++) {
      for (const [name, program] of contenders) {
        const took = await untilHeard(program, (listener) => {
          heard = listener
        })
        if (round > 0) times.get(name)!.push(took)
      }
    }
    printTable(
      `From start to first request, ${rounds} rounds`,
      ['program', 'median ms', 'fastest ms', 'slowest ms'],
      [...times].map(([name, each]) => [
        name,
        ...[median(each), Math.min(...each), Math.max(...each)].map((ms) => ms.toFixed(0)),
      ]),
    )
  } finally {
    server.close()
    server.closeAllConnections()
    await rm(home, { recursive: true })
  }
}

/** A program that asks for nothing counts until its end. */
async function untilHeard({ file, args, env = {} }: Program, listen: (listener: () => void) => void): Promise<number> {
  const began = performance.now()
  const child: ChildProcess = spawn(file, args, { env: { ...process.env, ...env }, stdio: 'ignore' })
  const ended = once(child, 'exit')
  await Promise.race([new Promise<void>((resolve) => listen(resolve)), ended])
  const took = performance.now() - began
  child.kill('SIGKILL')
  await ended
  return took
}
