import ignore from 'ignore'
import { Failure } from '../core/failure.ts'

/** Which items a run takes: patterns as in .gitignore, against SOURCE/path. */
export interface Filter {
  /** Why an item is left out; undefined: it is taken. `path` begins with ACCOUNT/SOURCE. */
  refuses(path: string): string | undefined
}

/** `include` empty: everything. Throws a Failure of kind `settings` for a pattern that says nothing. */
export function createFilter({
  include,
  exclude,
}: {
  readonly include: readonly string[]
  readonly exclude: readonly string[]
}): Filter {
  for (const pattern of [...include, ...exclude]) {
    if (pattern.trim() === '' || pattern.startsWith('#'))
      throw new Failure('settings', `the pattern ${JSON.stringify(pattern)} matches nothing`, {
        hint: 'patterns are written as in .gitignore, for example "google/drive/My Drive/Films/"',
      })
  }
  const included = ignore().add([...include])
  const excluded = ignore().add([...exclude])
  const name = (path: string) => path.replace(/^\/+/, '').replace(/\/(\.{1,2})(?=\/|$)/g, '/_$1') || '_'
  return {
    refuses(path) {
      const relative = name(path)
      if (!ignore.isPathValid(relative)) return undefined
      if (exclude.length > 0 && excluded.ignores(relative)) return 'left out by --exclude'
      if (include.length > 0 && !included.ignores(relative)) return 'not among what --include names'
      return undefined
    },
  }
}
