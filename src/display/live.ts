import type { RunEvent } from '../core/events.ts'
import { createFrame } from './frame.ts'
import { createMessages, type MessagesOptions } from './messages.ts'
import type { Face, Output } from './output.ts'
import { columnsOf, createScreen, rowsOf } from './screen.ts'

/** Between two drawings, in milliseconds: five a second are read as movement, more only as flicker. */
const everyMs = 200

/** Bars at the bottom of a terminal, messages above them. Results wait for no frame: the bars make room first. */
export function createLive(options: MessagesOptions & { readonly stderr: Output; readonly stdout: Output }): Face {
  const { stderr, stdout, clock, verbose, colors } = options
  const messageOf = createMessages(options)
  const screen = createScreen(stderr)
  const frame = createFrame(colors, options.words)
  const closed = new AbortController()
  /** Messages that the next drawing prints. */
  let waiting = ''
  /** There is something to show: not before the first bar, and not when results are being printed. */
  let visible = false
  let scheduled = false
  let drawnAt = Number.NEGATIVE_INFINITY

  return {
    report(event) {
      const message = isBarOnly(event, verbose) ? undefined : messageOf(event)
      if (message !== undefined) waiting += message.text
      const changed = frame.note(event, clock.now())
      if (event.event === 'summary') settle()
      else if (changed) visible = true
      if (closed.signal.aborted) settle()
      else if (message !== undefined || (changed && visible)) drawSoon()
    },
    out(text) {
      settle()
      stdout.write(text)
    },
    close() {
      settle()
      closed.abort()
    },
  }

  function drawSoon(): void {
    if (scheduled) return
    // A wall clock that was set back must not stop the picture.
    const wait = Math.min(everyMs, drawnAt + everyMs - clock.now())
    if (wait <= 0) {
      draw()
      return
    }
    scheduled = true
    clock.sleep(wait, closed.signal).then(
      () => {
        scheduled = false
        draw()
      },
      // Rejects only once closed, when everything has been printed.
      () => {},
    )
  }

  function draw(): void {
    drawnAt = clock.now()
    if (visible) screen.draw(frame.lines(columnsOf(stderr), rowsOf(stderr), drawnAt), waiting)
    else screen.erase(waiting)
    waiting = ''
  }

  /** Takes the bars away and prints what waits; they come back with the next event that changes them. */
  function settle(): void {
    visible = false
    screen.erase(waiting)
    waiting = ''
  }
}

/** What a bar says as long as it lasts needs no line that stays. */
function isBarOnly(event: RunEvent, verbose: boolean): boolean {
  if (verbose) return false
  return (
    event.event === 'paused' ||
    event.event === 'resumed' ||
    event.event === 'throttled' ||
    (event.event === 'item' && event.state === 'unexportable')
  )
}
