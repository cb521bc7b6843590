import type { spawn } from 'node:child_process'
import { Interrupted } from '../backup/run.ts'
import { stayAwake } from '../backup/stay-awake.ts'
import type { Command, Context, Options } from '../commands/command.ts'
import { commands } from '../commands/index.ts'
import { systemClock } from '../core/clock.ts'
import type { Reporter, RunEvent } from '../core/events.ts'
import { consequences, Failure, type Said } from '../core/failure.ts'
import type { ExitStatus } from '../core/state.ts'
import { chooseColor } from '../display/colors.ts'
import { chooseFace, createReporter } from '../display/reporters.ts'
import { languageOf } from '../language/choose-language.ts'
import { type Words, wordsOf } from '../language/words.ts'
import { providers } from '../providers/index.ts'
import { loadSettings, type ProfileWorld } from '../settings/load-settings.ts'
import type { Settings } from '../settings/settings.ts'
import type { StartRenewal } from '../signin/apart/renew-apart.ts'
import { type App, createApp } from './app.ts'
import { createArchiveLog } from './archive-log.ts'
import { languageTyped, readCommandLine } from './command-line.ts'
import { fetchProfile } from './fetch-profile.ts'
import { type GlobalFlags, inheritedFlags } from './global-flags.ts'
import { openArchive, openForReading } from './open-archive.ts'
import { readPracticeCloud } from './practice-cloud.ts'
import { createSetup } from './setup.ts'
import { signingAccount, tellingRefusals } from './tell-refusals.ts'
import { ask, browserOpener, linesOf } from './terminal.ts'

/** The outside world, as one value. */
export interface World {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  /** The system's language, as a BCP 47 tag. */
  readonly locale: string
  readonly cwd: string
  readonly home: string
  readonly host: string
  readonly platform: NodeJS.Platform
  readonly pid: number
  readonly version: string
  /** The folder of the organisations' profiles that come with the program. */
  readonly profiles: string
  /** Of Node and what it is made of. */
  readonly versions: Readonly<Record<string, string | undefined>>
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  readonly spawn: typeof spawn
  readonly startRenewal?: StartRenewal
  /** Aborted when the person wants to stop. */
  readonly interrupt: AbortSignal
}

/** While a person waits before the screen, a network that is gone is not waited for, in milliseconds. */
const briefly = 20_000

/** Parses the command line, runs the command, reports what went wrong; resolves with the exit status. */
export async function runProgram(world: World): Promise<ExitStatus> {
  const { argv, version, env, locale, stdout, stderr } = world
  const chosen = readCommandLine({
    commands,
    argv,
    version,
    providers: providers.map(({ title }) => title),
    // No settings are read for it: they may be what is wrong.
    words: wordsOf(languageTyped(argv) ?? languageOf(env, locale)),
    stdout,
    stderr,
  })
  if (typeof chosen === 'number') return chosen
  return runCommand(world, chosen.command, chosen.args, chosen.options)
}

async function runCommand(world: World, command: Command, args: readonly string[], options: Options): Promise<ExitStatus> {
  const globals = options as GlobalFlags
  const { env, stdin, stdout, stderr, platform } = world
  const json = globals.json === true
  // Until the settings are read, what the person's computer speaks.
  let words: Words = wordsOf(globals.lang ?? languageOf(env, world.locale))
  const { report, close: closeReporter } = createReporter({
    face: chooseFace({ json, quiet: globals.quiet === true, env, stderr }),
    verbose: globals.verbose === true,
    stderr,
    stdout,
    clock: systemClock,
    color: chooseColor({ noColor: globals.color === false, env, stream: stderr }),
    command: command.name,
    words: () => words,
  })
  let log: Reporter | undefined
  const cleanup: (() => Promise<void> | void)[] = []
  const ended = new AbortController()
  world.interrupt.addEventListener('abort', () => ended.abort(new Interrupted('interrupted')), { once: true })
  if (world.interrupt.aborted) ended.abort(new Interrupted('interrupted'))
  let closed = false
  const closeFace = () => {
    if (!closed) closeReporter()
    closed = true
  }
  const emit = (event: RunEvent) => {
    // The summary is the last word: whatever moves on the screen has come to rest before it.
    if (event.event === 'summary' && !json) closeFace()
    report(event)
    log?.(event)
  }
  const once = <T>(make: () => Promise<T>) => {
    let made: Promise<T> | undefined
    return () => (made ??= make())
  }
  const practiceFile = env.HOLDALL_PRACTICE
  const practice = practiceFile === undefined ? undefined : () => readPracticeCloud(practiceFile)
  const profiles: ProfileWorld = {
    packaged: world.profiles,
    fetch: (address, network) => fetchProfile(address, network, context),
  }
  const settings = once<Settings>(async () => {
    const { transfers, bandwidth } = options
    const loaded = await loadSettings({
      file: globals.config,
      env,
      cwd: world.cwd,
      home: world.home,
      platform,
      overrides: {
        archive: globals.archive,
        language: globals.lang,
        transfers: typeof transfers === 'string' ? Number(transfers) : undefined,
        bandwidth: typeof bandwidth === 'string' ? bandwidth : undefined,
      },
      providers,
      profiles,
    })
    const signing = loaded.accounts.flatMap((one) => signingAccount(one, practice?.()))
    words = tellingRefusals(loaded.language === undefined ? words : wordsOf(loaded.language), signing)
    return loaded
  })
  const app = once<App>(async () => {
    const loaded = await settings()
    const patient = command.name === 'backup' || command.name === 'plan'
    const made = await createApp({
      settings: loaded,
      practice: practice?.(),
      platform,
      clock: systemClock,
      emit,
      signal: ended.signal,
      offlineForMs: patient ? loaded.limits.offline : briefly,
      startRenewal: world.startRenewal,
    })
    cleanup.push(() => made.close())
    return made
  })
  const context: Context = {
    clock: systemClock,
    emit,
    signal: ended.signal,
    software: `Holdall ${world.version}`,
    out(text) {
      if (json) return
      closeFace()
      stdout.write(text)
    },
    settings,
    app,
    async openArchive(syncedFolder) {
      const { archive, folder } = await settings()
      const session = await openArchive({
        root: archive,
        stateFolder: folder,
        platform,
        env,
        home: world.home,
        host: world.host,
        pid: world.pid,
        clock: systemClock,
        emit,
        syncedFolder,
        signal: ended.signal,
      })
      log = createArchiveLog(session.archive, command.name, systemClock)
      return session
    },
    async openForReading() {
      return openForReading((await settings()).archive, platform)
    },
    tell(line) {
      // At once, since a question follows; a live display would show it with its next frame.
      if (json) emit({ event: 'notice', level: 'info', message: line })
      else stderr.write(`${line}\n`)
    },
    ask(question, how = 'plain') {
      const stop = () => ended.abort(new Interrupted('interrupted'))
      return json ? Promise.resolve(undefined) : ask(stdin, stderr, question, how, ended.signal, stop)
    },
    get setup() {
      return createSetup({
        load: { env, cwd: world.cwd, home: world.home, platform, providers, profiles },
        env,
        speak(language) {
          words = wordsOf(language)
        },
      })
    },
    lines: () => linesOf(stdin),
    openBrowser:
      practice === undefined
        ? browserOpener(platform, env, world.spawn)
        : async (url) => {
            // Nobody sits before a practice cloud: its page agrees by itself and leads back to the loopback address.
            const answer = await (await app()).network.fetch(url)
            await answer.text()
          },
    stayAwake() {
      const awake = stayAwake({
        platform,
        spawn: world.spawn,
        pid: world.pid,
        notice: (message) => emit({ event: 'notice', level: 'info', message }),
      })
      return () => awake.release()
    },
    run: (argv, extra) => runProgram({ ...world, argv: [...argv, ...inheritedFlags(globals)], env: { ...env, ...extra } }),
    providers,
    get words() {
      return words
    },
    versions: world.versions,
    variablesSet: Object.keys(env).filter((name) => (env[name] ?? '') !== ''),
    cwd: world.cwd,
    json,
    columns: stdout.isTTY === true ? stdout.columns || undefined : undefined,
    terminalColumns: stderr.isTTY === true ? stderr.columns || undefined : undefined,
    yes: globals.yes === true,
  }
  try {
    return await command.run(context, args, options)
  } catch (error) {
    if (ended.signal.aborted) {
      emit({ event: 'summary', command: command.name, status: 130 })
      return 130
    }
    const failure = Failure.from(error)
    const { status } = consequences[failure.kind]
    closeFace()
    const failed = ({ message, hint }: Said): RunEvent => ({
      event: 'failed',
      kind: failure.kind,
      message,
      ...(hint !== undefined && { hint }),
    })
    report(failed(json ? failure : failure.said(words.language)))
    log?.(failed(failure))
    if (failure.kind === 'bug' && failure.cause instanceof Error) stderr.write(`${failure.cause.stack}\n${words.summary.bug}\n`)
    emit({ event: 'summary', command: command.name, status })
    return status
  } finally {
    closeFace()
    for (const step of cleanup.reverse()) await step()
    stdin.unref?.()
  }
}
