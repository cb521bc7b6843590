import type { App } from '../app/app.ts'
import type { ArchiveSession } from '../app/open-archive.ts'
import type { Clock } from '../core/clock.ts'
import type { Reporter } from '../core/events.ts'
import type { Provider } from '../core/provider.ts'
import type { ExitStatus } from '../core/state.ts'
import type { Setup } from '../init/setup.ts'
import type { Words } from '../language/words.ts'
import type { Settings } from '../settings/settings.ts'

/** What a command gets to work with. */
export interface Context {
  readonly clock: Clock
  readonly emit: Reporter
  readonly signal: AbortSignal
  /** Program name and version. */
  readonly software: string
  /** Results, on stdout; nothing with --json. */
  out(text: string): void
  /** The settings of this call: read when first asked for. */
  settings(): Promise<Settings>
  app(): Promise<App>
  openArchive(syncedFolder: 'refuse' | 'allow'): Promise<ArchiveSession>
  openForReading(): Promise<Pick<ArchiveSession, 'archive' | 'journal'> | undefined>
  /** Shows a line at once, as part of a conversation. It holds no control characters. */
  tell(line: string): void
  /** Asks on the terminal; undefined where nobody can answer. 'hidden' shows nothing of what is typed. */
  ask(question: string, how?: 'plain' | 'hidden'): Promise<string | undefined>
  /** Lines from stdin as they come, where it is no terminal or somebody pastes. */
  lines(): AsyncIterable<string>
  /** Opens the person's browser; undefined where there is none. */
  readonly openBrowser: ((url: string) => Promise<void>) | undefined
  /** Keeps the computer awake until the returned function is called. */
  stayAwake(): () => void
  /** Runs another command in the same process, with a configuration of its own. */
  run(argv: readonly string[], extra: Readonly<Record<string, string>>): Promise<ExitStatus>
  readonly providers: readonly Provider[]
  /** What the program says, in the person's language: --lang, the settings (once they are read), else the computer's. */
  readonly words: Words
  /** Of Node and what it is made of. */
  readonly versions: Readonly<Record<string, string | undefined>>
  /** Names of the environment's variables that are not empty. */
  readonly variablesSet: readonly string[]
  /** The current folder. */
  readonly cwd: string
  readonly json: boolean
  /** Width of the terminal that shows the results; undefined: none does. */
  readonly columns: number | undefined
  /** Width of the terminal that shows messages and questions; undefined: none does. */
  readonly terminalColumns: number | undefined
  /** What setting up needs of this computer. */
  readonly setup: Setup
  readonly yes: boolean
}

/** An option as commander writes it, with what it means. */
export interface Option {
  readonly flags: string
  readonly description: string
  /** Given several times. */
  readonly many?: true
}

export type Options = Readonly<Record<string, string | boolean | readonly string[] | undefined>>

export interface Command {
  readonly name: string
  readonly summary: string
  /** As commander writes them: `<account>`, `[source...]`. */
  readonly arguments?: string
  readonly options?: readonly Option[]
  /** Left out of --help. */
  readonly hidden?: true
  run(context: Context, args: readonly string[], options: Options): Promise<ExitStatus>
}

/** A repeatable option as a list. */
export function listOf(options: Options, name: string): readonly string[] {
  const value = options[name]
  return Array.isArray(value) ? (value as readonly string[]) : typeof value === 'string' ? [value] : []
}
