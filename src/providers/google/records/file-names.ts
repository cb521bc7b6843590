import { createHash } from 'node:crypto'

/**
 * Names, without ending, of the files that are composed for each of these. Of several with one name (letter case and Unicode form aside) the one
 * with the smallest id has it, the others with a few signs of their id behind it: a function of the set, whatever its order.
 */
export function fileNames(things: Iterable<{ readonly id: string; readonly name: string }>): Map<string, string> {
  const names = new Map<string, string>()
  const taken = new Set<string>()
  for (const { id, name } of [...things].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    // A slash would make folders; the sign in its place looks the same.
    const plain = name.trim().replaceAll('/', '／') || 'Untitled'
    const free = taken.has(key(plain)) ? `${plain} (${createHash('sha256').update(id).digest('hex').slice(0, 8)})` : plain
    taken.add(key(free))
    names.set(id, free)
  }
  return names
}

const key = (name: string) => name.normalize('NFC').toLowerCase()
