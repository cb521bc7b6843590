import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Failure } from '../core/failure.ts'
import { type AccountAnswers, settingsFileText } from '../settings/write.ts'
import type { Command, Context } from './command.ts'

export const init: Command = {
  name: 'init',
  summary: 'ask a few questions and write holdall.yaml',
  async run(context) {
    const { providers } = context
    const file = path.join(context.cwd, 'holdall.yaml')
    if (existsSync(file))
      throw new Failure('settings', `${file} is there already`, { hint: 'edit it, or move it away and run holdall init again' })
    const archive = await answer(context, 'Folder for the archive, best on a disk of its own [./archive]: ', './archive')
    const accounts: AccountAnswers[] = []
    for (const provider of providers) {
      if (!/^y/i.test(await answer(context, `Back up ${provider.title}? [y/N] `, 'n'))) continue
      const name = await answer(context, `A name for this account [${provider.id}]: `, provider.id)
      if (provider.signIn.method !== 'password') {
        context.emit({ event: 'notice', level: 'info', message: provider.signIn.registration })
        const id = await answer(context, 'Client id: ', undefined)
        const secret = await answer(context, 'Client secret (empty: it comes from the environment): ', '')
        accounts.push({ name, provider: provider.id, client: { id, ...(secret !== '' && { secret }) } })
      } else {
        const settings: Record<string, string> = {}
        for (const [key, field] of Object.entries(provider.settings.shape)) {
          if (!field.safeParse(undefined).success)
            settings[key] = await answer(
              context,
              `${key} (${(field as { description?: string }).description ?? key}): `,
              undefined,
            )
        }
        accounts.push({ name, provider: provider.id, settings })
      }
    }
    if (accounts.length === 0)
      throw new Failure('settings', 'no account was chosen; nothing was written', {
        hint: 'run holdall init again, or holdall practice to see how it works',
      })
    await writeFile(file, settingsFileText({ archive, accounts }, providers), { flag: 'wx', mode: 0o600 })
    context.out(`Wrote ${file}. Next: ${accounts.map(({ name }) => `holdall connect ${name}`).join(', ')}\n`)
    context.emit({ event: 'summary', command: 'init', status: 0, details: { file, accounts: accounts.map(({ name }) => name) } })
    return 0
  },
}

/** Asks until there is an answer; `fallback` undefined: one is needed. */
async function answer(context: Context, question: string, fallback: string | undefined): Promise<string> {
  for (;;) {
    const given = await context.ask(question)
    if (given === undefined)
      throw new Failure('settings', 'holdall init asks questions, and nobody can answer here', {
        hint: 'copy config/holdall.example.yaml to holdall.yaml and edit it',
      })
    if (given.trim() !== '') return given.trim()
    if (fallback !== undefined) return fallback
  }
}
