import type { RunEvent } from '../core/events.ts'
import type { Words } from '../language/words.ts'
import { clean } from './clean.ts'
import { roundGuess } from './eta.ts'
import { createMessages, type MessagesOptions } from './messages.ts'
import type { Face, Output } from './output.ts'
import { createSourcePaces, type SourcePace } from './source-paces.ts'

/** Between two lines of progress of the same source, in milliseconds: at first, and when a run has gone on for `longRunMs`. */
const everyMs = 10_000
const laterEveryMs = 30_000
const longRunMs = 120_000

/** Lines on stderr, for logs and screen readers: messages at once, progress now and then, no cursor movement. */
export function createPlain(options: MessagesOptions & { readonly stderr: Output; readonly stdout: Output }): Face {
  const { stderr, stdout, clock, verbose, words } = options
  const messageOf = createMessages(options)
  const paces = createSourcePaces()
  const began = clock.now()
  const told = new Map<string, { at: number; text: string }>()

  return {
    report(event) {
      const message = messageOf(event)
      if (message !== undefined) stderr.write(message.text)
      const phase = phaseOf(event, verbose, words())
      if (phase !== undefined) stderr.write(`${clean(phase)}\n`)
      if (event.event === 'progress') {
        for (const [source, progress] of Object.entries(event.sources)) {
          paces.note(source, progress, clock.now())
          nowAndThen(source, () => progressLine(source, paces.of(source), words()))
        }
      }
      if (event.event === 'verified' && event.state === 'progress')
        nowAndThen('', () => words().run.checked(event.files, event.bytes, event.damaged))
    },
    out: (text) => stdout.write(text),
    close() {},
  }

  function nowAndThen(subject: string, line: () => string): void {
    const now = clock.now()
    const last = told.get(subject)
    const every = now - began < longRunMs ? everyMs : laterEveryMs
    if (last === undefined) return void told.set(subject, { at: now, text: '' })
    if (now - last.at < every) return
    const text = line()
    told.set(subject, { at: now, text })
    if (text !== last.text) stderr.write(`${clean(text)}\n`)
  }
}

function phaseOf(event: RunEvent, verbose: boolean, words: Words): string | undefined {
  const { run } = words
  switch (event.event) {
    case 'listing': {
      if (event.state === 'page') return undefined
      const stream = words.tell(event.stream) ?? event.stream
      if (event.state === 'done') return run.listing.done(event.source, stream, event.items)
      return run.listing[event.state === 'resumed' ? 'resumed' : event.full ? 'begun' : 'changes'](event.source, stream)
    }
    case 'sealing':
      return event.state === 'done' ? run.sealed(event.files) : run.sealing
    case 'verified':
      return event.state === 'done' ? run.checked(event.files, event.bytes, event.damaged) : undefined
    case 'transfer':
      return verbose && event.state === 'started' ? run.taking(event.path) : undefined
    default:
      return undefined
  }
}

function progressLine(source: string, { progress, rate, remaining, state }: SourcePace, { run, format }: Words): string {
  const { done, items, failed, bytes, bytesLeft } = progress
  const size = state === 'listing' || bytesLeft === 0 ? format.size(bytes) : run.amount(bytes, bytes + bytesLeft)
  const parts = [run.done(done, items), size]
  if (failed > 0) parts.push(run.failures(failed))
  if (state === 'going' && rate !== undefined) parts.push(`${format.size(rate)}/s`)
  if (state === 'listing') parts.push(run.stillListing)
  if (state === 'stalled') parts.push(run.nothingMoves)
  if (state === 'going' && remaining !== undefined) parts.push(run.about(roundGuess(remaining)))
  return `${source}: ${parts.join(run.separator)}`
}
