import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Failure } from '../core/failure.ts'
import type { Language } from '../core/language.ts'
import { placeLines } from '../init/choose-place.ts'
import { showProfile } from '../init/choose-profile.ts'
import { converse } from '../init/converse.ts'
import { accountsOfFlags, answersOfFile, checkClients } from '../init/scripted.ts'
import { wordsOf } from '../language/words.ts'
import { type Answers, settingsFileText } from '../settings/write.ts'
import { type Command, type Context, listOf, type Options } from './command.ts'

export const init: Command = {
  name: 'init',
  summary: 'ask a few questions and write holdall.yaml; shows how to make an app at each provider',
  options: [
    { flags: '--answers <file>', description: 'take the answers from a YAML file of the form of holdall.yaml, and ask nothing' },
    { flags: '--profile <name>', description: "the organisation's profile: a name, a file or an https address" },
    {
      flags: '--account <provider>',
      description: 'an account, ask nothing: PROVIDER or PROVIDER:SOURCE,SOURCE; may be repeated',
      many: true,
    },
    { flags: '--client-id <account=id>', description: 'the client id of an account; may be repeated', many: true },
  ],
  async run(context, _args, options) {
    const file = path.join(context.cwd, 'holdall.yaml')
    if (existsSync(file)) throw there(file)
    const answers = (await scripted(context, options)) ?? (await conversation(context, options))
    if (answers === undefined || answers.accounts.length === 0) {
      throw Failure.in('settings', {
        en: {
          message: 'no account was chosen; nothing was written',
          hint: 'run holdall init again, or holdall practice to see how it works',
        },
        ja: {
          message: 'アカウントが選ばれていません。何も書き込んでいません',
          hint: 'もう一度 holdall init を実行してください。holdall practice で動作を試すこともできます',
        },
      })
    }
    const text = settingsFileText(answers, context.providers)
    await context.setup.check(file, text)
    await write(file, text)
    const names = answers.accounts.map(({ name }) => name)
    context.out(`${context.words.init.done(file, names)}\n`)
    context.emit({ event: 'summary', command: 'init', status: 0, details: { file, accounts: names } })
    return 0
  },
}

const there = (file: string) =>
  Failure.in('settings', {
    en: { message: `${file} is there already`, hint: 'edit it, or move it away and run holdall init again' },
    ja: {
      message: `${file} がすでにあります`,
      hint: '編集するか、別の場所に移してから、もう一度 holdall init を実行してください',
    },
  })

/** Never over a file that came meanwhile. */
async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? there(file) : error
  }
}

const textOf = (value: Options[string]) => (typeof value === 'string' && value !== '' ? value : undefined)
const languageOf = (value: Options[string]): Language | undefined => (value === 'en' || value === 'ja' ? value : undefined)

/** The answers without a question; undefined: none were given. */
async function scripted(context: Context, options: Options): Promise<Answers | undefined> {
  const { setup, providers } = context
  const named = textOf(options.answers)
  const flags = { accounts: listOf(options, 'account'), clientIds: listOf(options, 'clientId') }
  if (named === undefined && flags.accounts.length === 0 && flags.clientIds.length === 0) return undefined
  let answers: Answers = { accounts: [] }
  if (named !== undefined) {
    const file = path.resolve(context.cwd, named)
    const text = await readAnswers(file)
    // With flags it is not the whole: the whole is checked before it is written.
    if (textOf(options.profile) === undefined && flags.accounts.length === 0) await setup.check(file, text)
    answers = answersOfFile(text)
  }
  const [archive, profile, language] = [textOf(options.archive), textOf(options.profile), languageOf(options.lang)]
  const added = accountsOfFlags(flags, providers)
  answers = {
    ...answers,
    ...(archive !== undefined && { archive }),
    ...(profile !== undefined && { profile }),
    ...(language !== undefined && { language }),
    accounts: [...answers.accounts.filter(({ name }) => !added.some((one) => one.name === name)), ...added],
  }
  for (const doubt of checkClients(answers.accounts, providers))
    context.emit({ event: 'notice', level: 'warning', message: doubt.said(context.words.language).message })
  const tell = (message: string) => context.emit({ event: 'notice', level: 'info', message })
  const talk = { words: context.json ? wordsOf('en') : context.words, say: (text: string, first = '') => tell(first + text) }
  if (answers.profile !== undefined) {
    const found = await setup.profile(answers.profile)
    if (!found.shown) showProfile(found.profile, providers, talk)
  }
  for (const line of placeLines(await setup.place(answers.archive ?? './archive'), talk)) tell(line)
  return answers
}

async function readAnswers(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason'
    throw Failure.in('settings', {
      en: { message: `the answers in ${file} cannot be read (${code})`, hint: 'see that --answers names the file' },
      ja: { message: `${file} の回答を読み取れません（${code}）`, hint: '--answers に指定したファイルをご確認ください' },
    })
  }
}

/** Wider lines are hard to read. */
const widest = 96

async function conversation(context: Context, options: Options): Promise<Answers | undefined> {
  const [archive, profile] = [textOf(options.archive), textOf(options.profile)]
  if (archive !== undefined) await context.setup.place(archive)
  return converse({ language: languageOf(options.lang), archive, profile }, context.setup, context.providers, {
    words: context.words,
    columns: Math.min(widest, context.terminalColumns ?? 80),
    line: (text) => context.tell(text),
    async ask(question, how) {
      const answer = await context.ask(question, how)
      if (answer === undefined)
        throw Failure.in('settings', {
          en: {
            message: 'holdall init asks questions, and nobody can answer here',
            hint: 'give the answers in a file: holdall init --answers FILE (of the form of config/holdall.example.yaml), or run it on a terminal',
          },
          ja: {
            message: 'holdall init は質問に答えて進めますが、ここでは誰も答えられません',
            hint: 'holdall init --answers FILE で回答をファイルから渡すか（形式は config/holdall.example.yaml）、ターミナルで実行してください',
          },
        })
      return answer
    },
  })
}
