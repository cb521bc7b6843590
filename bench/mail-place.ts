import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Preload } from './mail-preload.ts'
import type { MailMinute, MailServerOptions } from './mail-server.ts'
import { measure, type Program } from './measure.ts'
import { type Build, holdall } from './ours.ts'

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** A practice Gmail in a process of its own, and the program signed in to it. */
export interface MailPlace {
  readonly folder: string
  /** The program with these arguments, for this place. */
  program(...args: string[]): Program
  answered(): Promise<{ readonly minutes: readonly MailMinute[]; readonly requests: number }>
  stop(): void
}

export async function makeMailPlace(
  home: string,
  build: Build,
  options: Omit<MailServerOptions, 'home'>,
  preload: Pick<Preload, 'clock' | 'unpaced'> = {},
): Promise<MailPlace> {
  const folder = await mkdtemp(join(home, 'mail-'))
  const server: ChildProcess = fork(beside('./mail-server.ts'), [JSON.stringify({ ...options, home: folder })])
  await once(server, 'message')
  const start = dirname(build.start)
  const whole: Preload = {
    ...preload,
    modules: build.name === 'sources' ? start : join(dirname(start), 'dist'),
    ending: build.name === 'sources' ? '.ts' : '.js',
  }
  const env = {
    HOLDALL_HOME: join(folder, 'state'),
    HOLDALL_CONFIG: join(folder, 'holdall.yaml'),
    HOLDALL_PRACTICE: join(folder, 'practice.json'),
    NODE_OPTIONS: `--import ${pathToFileURL(beside('./mail-preload.ts')).href}`,
    BENCH_PRELOAD: JSON.stringify(whole),
  }
  const program = (...args: string[]) => holdall(build, args, env)
  await measure(program('connect', 'google', '--yes'))
  return {
    folder,
    program,
    async answered() {
      server.send('what was asked for?')
      const [answer] = await once(server, 'message')
      return answer as Awaited<ReturnType<MailPlace['answered']>>
    },
    stop: () => void server.kill(),
  }
}
