import type { Clock } from '../core/clock.ts'
import type { Reporter } from '../core/events.ts'
import type { Words } from '../language/words.ts'
import { createColors, type DisplayEnvironment, isSet } from './colors.ts'
import { createJsonLines } from './json-lines.ts'
import { createLive } from './live.ts'
import type { Face, Output } from './output.ts'
import { createPlain } from './plain.ts'
import { createQuiet } from './quiet.ts'

export type FaceName = 'live' | 'plain' | 'json' | 'quiet'

export interface ReporterOptions {
  readonly face: FaceName
  readonly verbose: boolean
  readonly stderr: Output
  readonly stdout: Output
  readonly clock: Clock
  readonly color: boolean
  readonly command: string
  /** The person's language, asked for each message: the settings may change it after the first. */
  readonly words: () => Words
}

/**
 * How a run is shown. `report` takes every event; `out` prints a result on stdout, where no bar is in its way (nothing with the face `json`);
 * `close` prints what still waits and leaves the terminal as it was: call it before the process ends, however it ends.
 */
export function createReporter(options: ReporterOptions): { readonly report: Reporter; out(text: string): void; close(): void } {
  const { report, out, close } = createFace(options)
  return { report, out, close }
}

function createFace({ face, color, ...options }: ReporterOptions): Face {
  const colors = createColors(color)
  switch (face) {
    case 'json':
      return createJsonLines(options)
    case 'quiet':
      return createQuiet({ ...options, colors })
    case 'plain':
      return createPlain({ ...options, colors })
    case 'live':
      return createLive({ ...options, colors })
  }
}

/** The face for this call: live only where somebody sits before a terminal that can move its cursor. */
export function chooseFace(options: {
  readonly json: boolean
  readonly quiet: boolean
  readonly env: DisplayEnvironment
  readonly stderr: Pick<Output, 'isTTY'>
}): FaceName {
  const { json, quiet, env, stderr } = options
  if (json) return 'json'
  if (quiet) return 'quiet'
  return stderr.isTTY === true && env.TERM !== 'dumb' && !isSet(env.CI) ? 'live' : 'plain'
}
