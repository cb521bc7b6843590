import type { RunEvent } from '../core/events.ts'
import type { Words } from '../language/words.ts'
import { createAccountStates } from './account-states.ts'
import type { Colors } from './colors.ts'
import type { Line } from './screen.ts'
import { type SourceRow, sourceLines } from './source-lines.ts'
import { createSourcePaces } from './source-paces.ts'
import { createTransfers, transferLine } from './transfers.ts'
import { cut, widestOf } from './width.ts'

/** Files in flight that are named; more would only hurry by. */
const filesShown = 5
/** Files fill a small window no further than this share of its lines, so that messages above stay readable. */
const filesUpTo = 0.6

/** What the bars know: filled by events, read as lines. */
export function createFrame(
  colors: Colors,
  words: () => Words,
): {
  note(event: RunEvent, now: number): boolean
  lines(columns: number, rows: number, now: number): Line[]
} {
  const paces = createSourcePaces()
  const accounts = createAccountStates(words)
  const transfers = createTransfers()
  const stopped = new Set<string>()
  let work = ''
  let widths = new Map<string, number>()
  let widthsFor = 0

  return {
    /** Takes in an event; true where lines may look different after it. */
    note(event, now) {
      accounts.note(event)
      switch (event.event) {
        case 'progress':
          for (const [source, progress] of Object.entries(event.sources)) paces.note(source, progress, now)
          return true
        case 'transfer':
          transfers.note(event)
          return true
        case 'failed':
          if (event.stream === undefined && event.source !== undefined) stopped.add(event.source)
          return true
        case 'sealing':
          work = event.state === 'done' ? '' : words().run.sealing
          return true
        case 'verified':
          work = event.state === 'done' ? '' : words().run.checked(event.files, event.bytes, event.damaged)
          return true
        default:
          return event.event === 'paused' || event.event === 'resumed' || event.event === 'throttled'
      }
    },
    lines(columns, rows, now) {
      if (columns !== widthsFor) widths = new Map()
      widthsFor = columns
      const all = paces.names().map(
        (source): SourceRow => ({
          source,
          pace: paces.of(source),
          state: stopped.has(source) ? 'stopped' : accounts.of(accountOf(source), now)?.word,
        }),
      )
      const notes = accounts.names().flatMap((account) => accounts.of(account, now)?.sentences ?? [])
      if (work !== '') notes.push(work)
      const room = Math.max(1, rows - notes.length)
      const shown = all.length <= room ? all : mostTelling(all, room - 1)
      const lines = shown.length === 0 ? [] : sourceLines(shown, columns, widths, colors, words())
      if (shown.length < all.length) notes.unshift(words().run.moreSources(all.length - shown.length))
      for (const note of notes) lines.push(whole(note))
      const files = transfers.first(Math.min(filesShown, Math.max(0, Math.floor(rows * filesUpTo) - lines.length)))
      for (const file of files) lines.push(transferLine(file, columns, colors))
      return lines.slice(0, rows)

      function whole(text: string): Line {
        const short = cut(text, columns, widestOf)
        return { text: short, styled: colors.yellow(short) }
      }
    },
  }
}

/** Where not all have room: those that still go, in their usual order. */
function mostTelling(all: readonly SourceRow[], room: number): SourceRow[] {
  const finished = (row: SourceRow) => row.pace.state === 'done' || row.state === 'stopped'
  const chosen = new Set([...all.filter((row) => !finished(row)), ...all.filter(finished)].slice(0, Math.max(0, room)))
  return all.filter((row) => chosen.has(row))
}

function accountOf(source: string): string {
  return source.split('/', 1)[0]!
}
