import type { RunEvent } from '../core/events.ts'
import { formatBytes, formatCount } from './bytes.ts'
import { clean } from './clean.ts'
import { formatDuration } from './duration.ts'
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
  const { stderr, stdout, clock, verbose } = options
  const messageOf = createMessages(options)
  const paces = createSourcePaces()
  const began = clock.now()
  const told = new Map<string, { at: number; text: string }>()

  return {
    report(event) {
      const message = messageOf(event)
      if (message !== undefined) stderr.write(message.text)
      const phase = phaseOf(event, verbose)
      if (phase !== undefined) stderr.write(`${clean(phase)}\n`)
      if (event.event === 'progress') {
        for (const [source, progress] of Object.entries(event.sources)) {
          paces.note(source, progress, clock.now())
          nowAndThen(source, () => progressLine(source, paces.of(source)))
        }
      }
      if (event.event === 'verified' && event.state === 'progress') nowAndThen('', () => verifiedLine(event))
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

function phaseOf(event: RunEvent, verbose: boolean): string | undefined {
  switch (event.event) {
    case 'listing':
      if (event.state === 'page') return undefined
      if (event.state === 'done') return `${event.source}: ${event.stream} listed, ${formatCount(event.items)} items`
      return `${event.source}: ${event.state === 'resumed' ? 'going on listing' : event.full ? 'listing' : 'asking what changed in'} ${event.stream}`
    case 'sealing':
      return event.state === 'done' ? `sealed: ${formatCount(event.files)} files` : 'sealing the archive'
    case 'verified':
      return event.state === 'done' ? verifiedLine(event) : undefined
    case 'transfer':
      return verbose && event.state === 'started' ? `taking ${event.path}` : undefined
    default:
      return undefined
  }
}

function verifiedLine({
  files,
  bytes,
  damaged,
}: {
  readonly files: number
  readonly bytes: number
  readonly damaged: number
}): string {
  return `checked ${formatCount(files)} files, ${formatBytes(bytes)}, ${formatCount(damaged)} damaged`
}

function progressLine(source: string, { progress, rate, remaining, state }: SourcePace): string {
  const { done, items, failed, bytes, bytesLeft } = progress
  const size =
    state === 'listing' || bytesLeft === 0 ? formatBytes(bytes) : `${formatBytes(bytes)} of ${formatBytes(bytes + bytesLeft)}`
  const parts = [`${formatCount(done)} of ${formatCount(items)} items`, size]
  if (failed > 0) parts.push(`${formatCount(failed)} failed`)
  if (state === 'going' && rate !== undefined) parts.push(`${formatBytes(rate)}/s`)
  if (state === 'listing') parts.push('still listing')
  if (state === 'stalled') parts.push('nothing moves at the moment')
  if (state === 'going' && remaining !== undefined) parts.push(`about ${formatDuration(roundGuess(remaining))} left`)
  return `${source}: ${parts.join(', ')}`
}
