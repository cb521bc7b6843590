import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { startChild } from './child-server.ts'
import type { MailMinute, MailServerOptions } from './mail-server.ts'
import { measure, type Program } from './measure.ts'
import { type Build, holdall, sources } from './ours.ts'

/** A practice Gmail in a process of its own, and the program signed in to it. */
export interface MailPlace {
  readonly folder: string
  /** The program with these arguments, for this place. */
  program(...args: string[]): Program
  answered(): Promise<{ readonly minutes: readonly MailMinute[]; readonly requests: number }>
  stop(): void
}

/** With a clock of its own it takes the program from its sources. */
export async function makeMailPlace(home: string, build: Build, options: Omit<MailServerOptions, 'home'>): Promise<MailPlace> {
  const folder = await mkdtemp(join(home, 'mail-'))
  const { clock } = options
  if (clock !== undefined && build !== sources) throw new Error('only the sources can be given another clock')
  const server = await startChild<'ready'>('./mail-server.ts', { ...options, home: folder })
  const env = {
    HOLDALL_HOME: join(folder, 'state'),
    HOLDALL_CONFIG: join(folder, 'holdall.yaml'),
    HOLDALL_PRACTICE: join(folder, 'practice.json'),
    ...(clock !== undefined && {
      NODE_OPTIONS: `--import ${new URL('./mail-preload.ts', import.meta.url).href}`,
      BENCH_CLOCK: JSON.stringify(clock),
    }),
  }
  const program = (...args: string[]) => holdall(build, args, env)
  await measure(program('connect', 'google', '--yes'))
  return {
    folder,
    program,
    answered: async () => (await server.ask('what was asked for?')) as Awaited<ReturnType<MailPlace['answered']>>,
    stop: server.stop,
  }
}
