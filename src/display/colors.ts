export interface Colors {
  green(text: string): string
  yellow(text: string): string
  red(text: string): string
  dim(text: string): string
}

/** Environment values that say how to print, as plain values. */
export interface DisplayEnvironment {
  readonly CI?: string | undefined
  readonly TERM?: string | undefined
  readonly NO_COLOR?: string | undefined
  readonly FORCE_COLOR?: string | undefined
}

const wrap = (code: number, end: number) => (text: string) => (text === '' ? '' : `\u001b[${code}m${text}\u001b[${end}m`)
const same = (text: string) => text

/** Colours, or functions that leave the text as it is. */
export function createColors(allowed: boolean): Colors {
  if (!allowed) return { green: same, yellow: same, red: same, dim: same }
  return { green: wrap(32, 39), yellow: wrap(33, 39), red: wrap(31, 39), dim: wrap(2, 22) }
}

/**
 * Whether colours may be printed to a stream: `--no-color` counts first, then FORCE_COLOR, then NO_COLOR where it is not empty (https://no-color.org),
 * as in Node's own `getColorDepth` (https://nodejs.org/docs/latest-v24.x/api/tty.html#writestreamgetcolordepthenv).
 */
export function chooseColor(options: {
  readonly noColor: boolean
  readonly env: DisplayEnvironment
  readonly stream: { readonly isTTY?: boolean | undefined }
}): boolean {
  const { noColor, env, stream } = options
  if (noColor) return false
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false'
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false
  return stream.isTTY === true && env.TERM !== 'dumb' && !isSet(env.CI)
}

/** A switch in the environment: set, and not to something that says no. */
export function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value.toLowerCase() !== 'false'
}
