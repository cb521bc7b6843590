import path from 'node:path'
import type { SyncWorld } from './synced-folders.ts'

type Platform = NodeJS.Platform

export const pathsOf = (platform: Platform) => (platform === 'win32' ? path.win32 : path.posix)

/** `\\?\C:\a` → `C:\a`, `\\?\UNC\server\share` → `\\server\share`. */
function withoutPrefix(text: string, platform: Platform): string {
  if (platform !== 'win32') return text
  return text.replace(/^\\\\\?\\UNC\\/i, '\\\\').replace(/^\\\\\?\\/, '')
}

/** The path's components. For comparing: NFC, and in lower case where the system's usual file systems ignore case. */
export function segmentsOf(text: string, platform: Platform, form: 'for comparing' | 'as written' = 'for comparing'): string[] {
  const segments = withoutPrefix(text, platform)
    .split(platform === 'win32' ? /[\\/]+/ : /\/+/)
    .filter((segment) => segment !== '' && segment !== '.')
  if (form === 'as written') return segments
  const ignoresCase = platform === 'win32' || platform === 'darwin'
  return segments.map((segment) => (ignoresCase ? segment.normalize('NFC').toLowerCase() : segment.normalize('NFC')))
}

/** Whether `inner` is `outer` or lies below it, by whole components: /a/OneDrive holds nothing of /a/OneDrive-old. */
export function contains(outer: string, inner: string, platform: Platform): boolean {
  const [above, below] = [segmentsOf(outer, platform), segmentsOf(inner, platform)]
  return above.length > 0 && above.length <= below.length && above.every((segment, index) => segment === below[index])
}

/** The path itself and all above it, nearest first, down to the one below the root of the disk. */
export function parentsOf(text: string, platform: Platform): string[] {
  const { dirname } = pathsOf(platform)
  const found: string[] = []
  for (let at = withoutPrefix(text, platform); dirname(at) !== at; at = dirname(at)) found.push(at)
  return found
}

/** A path as written and with links followed, as far as it exists: either may be what a client calls its folder. */
export function formsOf(text: string, world: SyncWorld): string[] {
  const { join, relative } = pathsOf(world.platform)
  const written = withoutPrefix(text, world.platform)
  for (const parent of parentsOf(written, world.platform)) {
    const real = world.realpath(parent)
    if (real !== undefined) return [written, join(withoutPrefix(real, world.platform), relative(parent, written))]
  }
  return [written]
}
