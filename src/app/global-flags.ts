/** Flags that every command knows. */
export interface GlobalFlags {
  readonly config?: string
  readonly archive?: string
  readonly json?: boolean
  readonly quiet?: boolean
  readonly verbose?: boolean
  readonly color?: boolean
  readonly yes?: boolean
  readonly lang?: 'en' | 'ja'
}

/** What a command that runs others hands on. */
export function inheritedFlags({ json, quiet, verbose, color, lang }: GlobalFlags): string[] {
  return [
    ...(json === true ? ['--json'] : []),
    ...(quiet === true ? ['--quiet'] : []),
    ...(verbose === true ? ['--verbose'] : []),
    ...(color === false ? ['--no-color'] : []),
    ...(lang === undefined ? [] : ['--lang', lang]),
  ]
}
