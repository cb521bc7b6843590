import { type Argument, Command as Commander, CommanderError, Option as CommanderOption } from 'commander'
import type { Command, Options } from '../commands/command.ts'
import { widthOf } from '../display/width.ts'
import { wrap } from '../display/wrap.ts'
import type { Words } from '../language/words.ts'

export interface CommandLine {
  readonly commands: readonly Command[]
  readonly argv: readonly string[]
  readonly version: string
  /** Titles of all providers. */
  readonly providers: readonly string[]
  /** In which --help and mistakes on the command line are told. */
  readonly words: Words
  readonly stdout: Output
  readonly stderr: Output
}

type Output = Pick<NodeJS.WriteStream, 'columns' | 'isTTY'> & { write(text: string): unknown }

/** What was typed; a number: it was told already, and the program ends with this status. */
export type Chosen = { readonly command: Command; readonly args: readonly string[]; readonly options: Options } | 0 | 2

/** The language that the command line itself asks for, wherever on it: `--help` may stand before it. */
export function languageTyped(argv: readonly string[]): 'en' | 'ja' | undefined {
  const at = argv.findLastIndex((word) => /^--lang(=|$)/.test(word))
  const value = at === -1 ? undefined : (argv[at]!.split('=')[1] ?? argv[at + 1])
  return value === 'en' || value === 'ja' ? value : undefined
}

/** Reads the command line; shows --help, --version and mistakes on it. */
export function readCommandLine(line: CommandLine): Chosen {
  const { commands, argv, version, providers, words, stdout, stderr } = line
  const say = sayer(words)
  let chosen: Exclude<Chosen, number> | undefined
  const program = spoken(new Commander('holdall'), line)
    .description(
      say(`Copies what your accounts hold (${providers.join(', ')}) into one local folder, and proves that it is all there.`),
    )
    .version(version, '-V, --version', say('output the version number'))
    .option('--config <file>', say('the settings file'))
    .option('--archive <dir>', say('the archive, instead of the one in the settings'))
    .option('--json', say('one JSON object a line on stdout'))
    .option('--quiet', say('only warnings and failures'))
    .option('--verbose', say('each file too'))
    .option('--no-color', say('no colours'))
    .option('--yes', say('do not ask'))
    .addOption(new CommanderOption('--lang <language>', say('the language of messages')).choices(['en', 'ja']))
    .helpCommand(false)
  for (const command of commands) {
    const sub = spoken(
      program.command(
        command.arguments === undefined ? command.name : `${command.name} ${command.arguments}`,
        command.hidden === true ? { hidden: true } : {},
      ),
      line,
    ).description(say(command.summary))
    for (const { flags, description, many } of command.options ?? []) {
      const option = new CommanderOption(flags, say(description))
      if (many === true) option.argParser<string[]>((value, before) => [...(before ?? []), value])
      sub.addOption(option)
    }
    // Global options may stand on either side of the command.
    for (const option of program.options.filter(({ long }) => long !== '--version'))
      if (sub.options.every(({ long }) => long !== option.long)) sub.addOption(option)
    sub.action((...given: unknown[]) => {
      const actual = given.at(-1) as Commander
      chosen = { command, args: actual.args, options: actual.optsWithGlobals() }
    })
  }
  try {
    program.parse([...argv], { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    throw error
  }
  return chosen ?? 2

  function spoken(command: Commander, { words }: CommandLine): Commander {
    return command
      .exitOverride()
      .showSuggestionAfterError()
      .helpOption('-h, --help', say('display help for command'))
      .configureHelp({
        styleTitle: say,
        styleUsage: (usage) =>
          words.language === 'ja' ? usage.replace('[options]', '[オプション]').replace('[command]', '[コマンド]') : usage,
        subcommandTerm: (sub) => [sub.name(), ...sub.registeredArguments.map(argumentTerm)].join(' '),
        optionDescription: ({ description, argChoices }) =>
          argChoices === undefined ? description : `${description} (${say(`choices: ${argChoices.join(', ')}`)})`,
        displayWidth: widthOf,
        boxWrap: (text, width) => wrap(text, width).join('\n'),
      })
      .configureOutput({
        writeOut: (text) => void stdout.write(text),
        writeErr: (text) => void stderr.write(text),
        getOutHelpWidth: () => widthFor(stdout),
        getErrHelpWidth: () => widthFor(stderr),
        outputError: (text, write) => write(text.replace(/[^\n]+/g, say)),
      })
  }
}

const sayer = (words: Words) => (sentence: string) => words.tell(sentence) ?? sentence

const argumentTerm = (argument: Argument): string => {
  const shown = `${argument.name()}${argument.variadic ? '...' : ''}`
  return argument.required ? `<${shown}>` : `[${shown}]`
}

/** Longer lines are hard to read. */
const widest = 100

const widthFor = ({ isTTY, columns }: Output): number => (isTTY === true && columns > 0 ? Math.min(columns, widest) : 80)
