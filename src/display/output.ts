import type { RunEvent } from '../core/events.ts'

/** A stream that faces write to: stdout or stderr, or a test's own. */
export interface Output {
  write(text: string): void
  readonly isTTY?: boolean | undefined
  /** Undefined where it is no terminal, and 0 on some that do not know. */
  readonly columns?: number | undefined
  readonly rows?: number | undefined
}

/** How the events of a run are shown. */
export interface Face {
  report(event: RunEvent): void
  /** Prints a result on stdout, where no bar is in its way; nothing where stdout belongs to JSON. */
  out(text: string): void
  /** Prints what still waits and leaves the terminal as it was. */
  close(): void
}
