import { stat } from 'node:fs/promises'
import path from 'node:path'
import { Failure } from '../core/failure.ts'

export interface Finding {
  /** `--config`. */
  readonly option: string | undefined
  /** $HOLDALL_CONFIG. */
  readonly variable: string | undefined
  readonly cwd: string
  /** The user's own folder. */
  readonly folder: string
}

/**
 * The settings file, by the contract's order; what was named must exist. Undefined where there is none.
 * Throws a Failure of kind `settings` when a named file does not exist or is a folder.
 */
export async function findFile({ option, variable, cwd, folder }: Finding): Promise<string | undefined> {
  for (const [named, by] of [[option, '--config'] as const, [variable, '$HOLDALL_CONFIG'] as const]) {
    if (named === undefined) continue
    const file = path.resolve(cwd, named)
    const found = await kind(file)
    if (found === 'file') return file
    throw new Failure(
      'settings',
      `${by} names ${file}, ${found === 'folder' ? 'but that is a folder' : 'but there is no such file'}`,
      {
        hint: 'name the settings file itself, or write one with `holdall init`',
      },
    )
  }
  for (const file of candidates(cwd, folder)) if ((await kind(file)) === 'file') return file
  return undefined
}

/** Where a settings file is looked for when none is named. */
export const candidates = (cwd: string, folder: string): readonly string[] => [
  path.resolve(cwd, 'holdall.yaml'),
  path.resolve(cwd, folder, 'holdall.yaml'),
]

async function kind(file: string): Promise<'file' | 'folder' | undefined> {
  try {
    // A pipe or a device (`--config <(…)`) reads like a file.
    return (await stat(file)).isDirectory() ? 'folder' : 'file'
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new Failure('settings', `${file} cannot be read (${code ?? 'unknown reason'})`, {
      hint: 'see who may read the file',
      cause: error,
    })
  }
}
