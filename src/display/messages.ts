import type { Clock } from '../core/clock.ts'
import type { RunEvent } from '../core/events.ts'
import type { Words } from '../language/words.ts'
import { clean } from './clean.ts'
import type { Colors } from './colors.ts'
import { joined } from './joined.ts'

/** A message for the person; `text` is one or more whole lines, with the line break at the end. */
export interface Message {
  readonly level: 'info' | 'warning' | 'failure'
  readonly text: string
}

export interface MessagesOptions {
  readonly verbose: boolean
  readonly colors: Colors
  readonly clock: Clock
  /** Asked for each message: the settings may change the language after the first. */
  readonly words: () => Words
}

/** What a message consists of. */
interface Said {
  /** In the person's language, what or whom it is about. */
  readonly lead?: string | undefined
  /** As another part of the program made it, in English. */
  readonly sentence?: string | undefined
  /** The sentence has lines of its own. */
  readonly several?: true
  readonly hint?: string | undefined
}

/** Items of one source and state that are named one by one; what comes after is only counted: the summary and the metadata have all. */
const namedItems = 100
/** Shorter waits that a provider asks for are nobody's concern. Milliseconds. */
const longWaitMs = 10_000

/** Turns events into sentences; undefined where an event says nothing at this verbosity. */
export function createMessages({ verbose, colors, clock, words }: MessagesOptions): (event: RunEvent) => Message | undefined {
  const named = new Map<string, number>()

  return (event) => {
    const { run } = words()
    switch (event.event) {
      case 'started':
        return info(run.started(event.command, { archive: event.archive, run: event.run }))
      case 'notice':
        return say(event.level, { lead: event.source, sentence: event.message, hint: event.hint })
      case 'item':
        return item(event)
      case 'moved':
        return verbose ? info(run.moved(event.from, event.to)) : undefined
      case 'failed':
        // A message of the command itself may be a list (the mistakes in a settings file); one about an item may hold a hostile name.
        return event.source === undefined
          ? say('failure', { sentence: event.message, several: true, hint: event.hint })
          : say('failure', { lead: event.source, sentence: event.message, hint: event.hint })
      case 'counted':
        return info(run.counted(event.source, event.ids, event.asOf))
      case 'damaged':
        return say('failure', { lead: run.damaged(event.path), sentence: event.message })
      case 'paused':
        return say('warning', { lead: run.paused(event.account), sentence: event.reason })
      case 'resumed':
        return info(run.resumed(event.account, event.afterMs))
      case 'throttled': {
        const wait = event.untilMs - clock.now()
        return verbose || wait >= longWaitMs ? info(run.throttled(event.account, wait)) : undefined
      }
      case 'retry':
        return verbose
          ? say('info', { lead: run.retry(event.account, event.what, event.inMs), sentence: event.reason })
          : undefined
      default:
        return undefined
    }
  }

  function item({ state, reason, source, path, hint }: Extract<RunEvent, { event: 'item' }>): Message | undefined {
    const told = state === 'failed' || state === 'unexportable'
    if (!told && !verbose) return undefined
    const { run } = words()
    const what = run.items[state]
    const level = state === 'failed' ? 'failure' : 'info'
    if (!verbose) {
      const key = `${state} ${source}`
      const count = (named.get(key) ?? 0) + 1
      named.set(key, count)
      if (count > namedItems + 1) return undefined
      if (count > namedItems) return say(level, { lead: run.tooMany(source, namedItems, what) })
    }
    const shown = path === source || path.startsWith(`${source}/`) ? path : `${source}/${path}`
    return say(level, { lead: `${what}: ${shown}`, sentence: reason, hint: state === 'failed' ? hint : undefined })
  }

  function info(lead: string): Message {
    return say('info', { lead })
  }

  function say(level: Message['level'], { lead, sentence, several, hint }: Said): Message {
    const now = words()
    const { run } = now
    const title = { info: '', warning: `${run.warning}: `, failure: `${run.error}: ` }[level]
    const color = { info: (text: string) => text, warning: colors.yellow, failure: colors.red }[level]
    const made = sentence === undefined || several === true ? sentence : clean(sentence)
    const foreign = lead === undefined && made !== undefined && now.tell(made.split('\n', 1)[0]!) === undefined
    const body = made === undefined ? clean(lead ?? '') : joined(lead ?? '', made, now)
    // What there is only in another language begins a line of its own.
    const begun = foreign && title !== '' ? `${color(title.trimEnd())}\n  ` : color(title)
    return { level, text: `${begun}${body}\n${hint === undefined ? '' : `  ${joined('', clean(hint), now)}\n`}` }
  }
}
