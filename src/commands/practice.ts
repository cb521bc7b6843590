import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ExitStatus } from '../core/state.ts'
import type { Words } from '../language/words.ts'
import type { Command } from './command.ts'

export const practice: Command = {
  name: 'practice',
  summary: 'the whole journey against a practice cloud on this machine: nothing to register, nothing leaves it',
  options: [{ flags: '--keep <dir>', description: 'keep the archive in this folder, to look around in it' }],
  async run(context, _args, options) {
    // Loaded only here: nobody else pays for it.
    const { startPracticeCloud } = await import('../practice/cloud.ts')
    const temporary = await mkdtemp(path.join(tmpdir(), 'holdall-practice-'))
    const archive = typeof options.keep === 'string' ? path.resolve(context.cwd, options.keep) : path.join(temporary, 'archive')
    const files = {
      home: path.join(temporary, 'home'),
      cloud: path.join(temporary, 'practice.json'),
      settings: path.join(temporary, 'holdall.yaml'),
    }
    await mkdir(files.home)
    const cloud = await startPracticeCloud({ file: files.cloud, archive })
    try {
      await writeFile(files.settings, cloud.settings, { mode: 0o600 })
      const environment = {
        HOLDALL_HOME: files.home,
        HOLDALL_CONFIG: files.settings,
        HOLDALL_PRACTICE: files.cloud,
        HOLDALL_HOME_PASSWORD: cloud.login.password,
      }
      const steps: readonly (readonly string[])[] = [
        // Its browser is played by the program: an address to open would only puzzle.
        ...cloud.accounts.map((account) => ['connect', account, ...silent]),
        ['plan'],
        ['backup'],
        ['verify'],
      ]
      let status: ExitStatus = 0
      for (const step of steps) {
        context.out(`\n$ holdall ${step.filter((word) => !silent.includes(word)).join(' ')}\n`)
        const ended = await context.run(step, environment)
        if (ended !== 0) status = ended
        if (ended === 130) break
        if (ended !== 0 && ended !== 3) break
      }
      if (status === 0) context.out(closing(typeof options.keep === 'string' ? archive : undefined, context.words))
      context.emit({ event: 'summary', command: 'practice', status, details: { archive } })
      return status
    } finally {
      await cloud.close()
      await rm(temporary, { recursive: true, force: true })
    }
  },
}

/** What a person need not type. */
const silent: readonly string[] = ['--yes', '--quiet']

function closing(archive: string | undefined, { commands: { practice: words } }: Words): string {
  return `\n${words.closing(archive === undefined ? words.removed : words.kept(archive))}\n`
}
