import type { Clock } from '../core/clock.ts'
import type { Face, Output } from './output.ts'

/** JSON leaves these as they are; a terminal that shows the line would obey some of them. Escaped they are the same JSON. */
const unsafe = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

/** Each event as one JSON object a line on stdout, with `time`; nothing else is ever written there. */
export function createJsonLines({ stdout, clock }: { readonly stdout: Output; readonly clock: Clock }): Face {
  return {
    report({ event, ...rest }) {
      const line = JSON.stringify({ event, time: new Date(clock.now()).toISOString(), ...rest })
      stdout.write(`${line.replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`)
    },
    out() {},
    close() {},
  }
}
