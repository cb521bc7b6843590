import { readdirSync } from 'node:fs'
import path from 'node:path'
import { type MetadataLine, metadataOf, type StoredFile, storedFiles } from '../journeys/archive-check.ts'
import { withoutSuffix } from '../journeys/expected.ts'
import { together } from './check.ts'
import type { Contents } from './contents.ts'

/** How an archive differs from one that was made afresh without any trouble: files, folders and what is said of them. */
export const differencesFromFresh = (archive: string, fresh: string, contents: Contents): string[] => [
  ...differencesOfFiles(archive, fresh, contents),
  ...differencesOfFolders(archive, fresh),
  ...[...contents.ids().keys()].flatMap((source) => differencesOfMetadata(archive, fresh, source, contents)),
]

/** Without the digits of equal names, which depend on who was there first. */
const plain = (file: string) => file.split('/').map(withoutSuffix).join('/')

/** Names, bytes, times. */
function differencesOfFiles(archive: string, fresh: string, contents: Contents): string[] {
  const derived = together(contents.derived)
  const goneOrOld = new Set<string>()
  for (const source of contents.ids().keys())
    for (const line of metadataOf(archive, source))
      for (const file of line.files) if (isGone(line) || file.current === false) goneOrOld.add(file.path)
  // A provider that states no time leaves it to the clock.
  const timeless = new Set(
    contents
      .expected()
      .filter(({ modified }) => modified === undefined)
      .map(({ sha256 }) => sha256),
  )
  const shown = (files: ReadonlyMap<string, StoredFile>) =>
    [...files.values()]
      .filter((file) => !derived.is(file.path) && !goneOrOld.has(file.path))
      .map(({ path: at, sha256, modified }) => `${plain(at)} ${sha256} ${timeless.has(sha256) ? 'at any time' : modified}`)
      .toSorted()
  const [has, should] = [shown(storedFiles(archive)), shown(storedFiles(fresh))]
  const wrong = differencesOfLists(has, should)
  if (wrong.length === 0 && has.length !== should.length) wrong.push(`${has.length} files, a fresh copy has ${should.length}`)
  return wrong
}

/** Every folder of the fresh copy is there. Further ones hold what is gone, or held it. */
const differencesOfFolders = (archive: string, fresh: string): string[] => {
  const has = new Set(foldersOf(archive))
  return foldersOf(fresh).flatMap((one) => (has.has(one) ? [] : [`this folder is only in a fresh copy: ${one}`]))
}

const foldersOf = (archive: string): string[] =>
  readdirSync(path.join(archive, 'data'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => plain(path.relative(archive, path.join(entry.parentPath, entry.name))))

const isGone = (line: MetadataLine) => line.goneAtSource !== undefined || line.state === 'gone'

/** What a log of changes does not tell. */
const untold: Readonly<Record<string, readonly string[]>> = {
  // The address of a file holds the names of the folders above, and a folder that is renamed is named alone.
  'microsoft/onedrive': ['link', 'details.webUrl'],
}

/** All that is said of what is there at the source, by item, each thing by itself. */
function differencesOfMetadata(archive: string, fresh: string, source: string, contents: Contents): string[] {
  const derived = together(contents.derived)
  const [has, should] = [archive, fresh].map((of) => {
    const items = new Map<string, Map<string, string>>()
    for (const line of metadataOf(of, source)) {
      if (isGone(line)) continue
      const { files, path: at, journal: _, ...rest } = line
      // Derived ones are held against the account by themselves: they may name others by their digits.
      const current = files
        // A file that was a folder keeps the folder for what it held.
        .filter((file) => file.current !== false && (line.kind === 'folder' || !file.path.endsWith('/')))
        .map((file) => ({ ...(derived.is(file.path) ? {} : file), path: plain(file.path) }))
      items.set(line.id, new Map(things('', { ...rest, path: plain(at), files: current })))
    }
    return items
  }) as [Map<string, Map<string, string>>, Map<string, Map<string, string>>]
  const wrong: string[] = []
  for (const id of new Set([...has.keys(), ...should.keys()])) {
    const [one, other] = [has.get(id), should.get(id)]
    if (one === undefined || other === undefined) {
      wrong.push(`${source}: only ${one === undefined ? 'a fresh copy' : 'this archive'} says that ${id} is there`)
      continue
    }
    // Of what is left out a fresh copy knows no more than that.
    if (one.get('state') === '"excluded"' && other.get('state') === '"excluded"') continue
    for (const key of new Set([...one.keys(), ...other.keys()]))
      if (one.get(key) !== other.get(key) && untold[source]?.includes(key) !== true)
        wrong.push(`${source}: of ${id} it says ${key} ${one.get(key)}, a fresh copy ${other.get(key)}`)
  }
  return wrong
}

/** Everything in a JSON value that is no object, with the way there. */
function* things(way: string, value: unknown): Generator<[string, string]> {
  if (typeof value !== 'object' || value === null) yield [way, JSON.stringify(value)]
  else for (const [key, inner] of Object.entries(value)) yield* things(way === '' ? key : `${way}.${key}`, inner)
}

function differencesOfLists(has: readonly string[], should: readonly string[]): string[] {
  const [hasSet, shouldSet] = [new Set(has), new Set(should)]
  return [
    ...has.filter((one) => !shouldSet.has(one)).map((one) => `only in this archive: ${one}`),
    ...should.filter((one) => !hasSet.has(one)).map((one) => `only in a fresh copy: ${one}`),
  ]
}
