import type { Clock } from '../core/clock.ts'
import type { RunEvent } from '../core/events.ts'
import { formatCount } from './bytes.ts'
import { clean } from './clean.ts'
import type { Colors } from './colors.ts'
import { formatDuration } from './duration.ts'

/** A message for the person; `text` is one or more whole lines, with the line break at the end. */
export interface Message {
  readonly level: 'info' | 'warning' | 'failure'
  readonly text: string
}

export interface MessagesOptions {
  readonly verbose: boolean
  readonly colors: Colors
  readonly clock: Clock
}

/** Items of one source and state that are named one by one; what comes after is only counted: the summary and the metadata have all. */
const namedItems = 100
/** Shorter waits that a provider asks for are nobody's concern. Milliseconds. */
const longWaitMs = 10_000

/** Turns events into sentences; undefined where an event says nothing at this verbosity. */
export function createMessages({ verbose, colors, clock }: MessagesOptions): (event: RunEvent) => Message | undefined {
  const named = new Map<string, number>()

  return (event) => {
    switch (event.event) {
      case 'started':
        return info(
          `${event.command}${event.archive === undefined ? '' : ` in ${event.archive}`}${event.run === undefined ? '' : ` (run ${event.run})`}`,
        )
      case 'notice': {
        const text = event.source === undefined ? event.message : `${event.source}: ${event.message}`
        return event.level === 'warning' ? say('warning', text, event.hint) : say('info', text, event.hint)
      }
      case 'item':
        return item(event)
      case 'moved':
        return verbose ? info(`moved: ${event.from} -> ${event.to}`) : undefined
      case 'failed':
        // A message of the command itself may be a list (the mistakes in a settings file); one about an item may hold a hostile name.
        return event.source === undefined
          ? say('failure', event.message, event.hint, 'several')
          : say('failure', `${event.source}: ${event.message}`, event.hint)
      case 'counted':
        return info(
          `${event.source}: counted once more by another way (${formatCount(event.ids)} entries): nothing that was there at ${event.asOf.slice(0, 16).replace('T', ' ')} UTC is missing`,
        )
      case 'damaged':
        return say('failure', `damaged: ${event.path}: ${event.message}`)
      case 'paused':
        return say('warning', `${event.account}: paused, goes on by itself: ${event.reason}`)
      case 'resumed':
        return info(`${event.account}: goes on after ${formatDuration(event.afterMs)}`)
      case 'throttled': {
        const wait = event.untilMs - clock.now()
        return verbose || wait >= longWaitMs
          ? info(`${event.account}: the service asks to wait ${formatDuration(wait)}`)
          : undefined
      }
      case 'retry':
        return verbose
          ? info(`${event.account}: ${event.what}: tried again in ${formatDuration(event.inMs)}: ${event.reason}`)
          : undefined
      default:
        return undefined
    }
  }

  function item(event: Extract<RunEvent, { event: 'item' }>): Message | undefined {
    const { state, reason } = event
    const told = state === 'failed' || state === 'unexportable'
    if (!told && !verbose) return undefined
    const path =
      event.path === event.source || event.path.startsWith(`${event.source}/`) ? event.path : `${event.source}/${event.path}`
    const text = `${words[state] ?? state}: ${path}${reason === undefined ? '' : `: ${reason}`}`
    if (!verbose) {
      const key = `${state} ${event.source}`
      const count = (named.get(key) ?? 0) + 1
      named.set(key, count)
      if (count > namedItems + 1) return undefined
      if (count > namedItems) {
        return say(
          state === 'failed' ? 'failure' : 'info',
          `${event.source}: more than ${formatCount(namedItems)} items ${words[state] ?? state}; the others are counted in the summary`,
        )
      }
    }
    return state === 'failed' ? say('failure', text, event.hint) : info(text)
  }

  function info(text: string): Message {
    return say('info', text)
  }

  function say(level: Message['level'], text: string, hint?: string, lines: 'one' | 'several' = 'one'): Message {
    const line = lines === 'one' ? clean(text) : text.split('\n').map(clean).join('\n')
    const lead = { info: '', warning: colors.yellow('warning: '), failure: colors.red('error: ') }[level]
    return { level, text: `${lead}${line}\n${hint === undefined ? '' : `  ${clean(hint)}\n`}` }
  }
}

const words: Readonly<Record<string, string>> = { failed: 'not saved', unexportable: 'not exportable', excluded: 'left out' }
