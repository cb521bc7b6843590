import type { Dependence, Dependents, Proposal } from '../../core/dependents.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Journal } from '../../journal/journal.ts'
import { createPaths } from '../../journal/paths.ts'
import type { ItemRow } from '../../journal/rows.ts'

/** A folder with things of the leaver that others depend on; what lies below a shared folder counts to it. */
export interface SharedFolder {
  /** Path as the person knows it, below ACCOUNT/SOURCE; empty: at the top. */
  readonly path: string
  readonly link: string | undefined
  /** Files that others use, in it and below. */
  readonly files: number
  /** Addresses of those who use them, who may write first. */
  readonly people: readonly string[]
  /** Of these, colleagues who may write, the likeliest new owner first. */
  readonly writers: readonly string[]
  readonly open: Dependence['open']
  readonly unnamed: boolean
  readonly proposal: Proposal
}

export interface SharedFolders {
  /** Those with the most people first. */
  readonly folders: readonly SharedFolder[]
  /** Files in folders beyond those that are kept apart. */
  readonly otherFiles: number
}

/** A file or a folder that could be given to somebody. */
export interface SharedThing {
  readonly id: string
  readonly name: string
  readonly path: string
  /** Undefined: no colleague may write it. */
  readonly to: string | undefined
}

export interface SharingRequest {
  readonly journal: Journal
  /** ACCOUNT/SOURCE. */
  readonly source: string
  readonly dependents: Dependents
  /** The address that signed in, where it is known. */
  readonly own: string | undefined
  /** Whether an address is a colleague's, to whom the organisation lets files be given. */
  readonly inside: (address: string) => boolean
}

/** Folders that are told apart; enough for any person, and a bound for memory. */
const most = 20_000
const mostPeople = 500

interface Group {
  files: number
  readonly people: Map<string, { readonly address: string; writes: boolean; count: number }>
  /** Colleagues who may write, by how many of the files they may. */
  readonly writers: Map<string, number>
  open: Dependence['open']
  unnamed: boolean
}

/** What others depend on, folder by folder: a row at a time; what is kept is a group for each folder. */
export function sharedFolders(request: SharingRequest): SharedFolders {
  const walk = walkOf(request)
  if (walk === undefined) return { folders: [], otherFiles: 0 }
  const folders = [...walk.groups].map(([dir, group]): SharedFolder => {
    const people = [...group.people.values()].toSorted((a, b) => Number(b.writes) - Number(a.writes) || b.count - a.count)
    return {
      path: walk.pathOf(dir),
      link: dir > 0 ? (request.journal.item(dir)?.link ?? undefined) : undefined,
      files: group.files,
      people: people.map(({ address }) => address),
      writers: likeliest(group),
      open: group.open,
      unnamed: group.unnamed,
      proposal: proposalFor(group),
    }
  })
  return {
    folders: folders.toSorted((a, b) => b.people.length - a.people.length || b.files - a.files || (a.path < b.path ? -1 : 1)),
    otherFiles: walk.otherFiles,
  }
}

/** Everything that somebody else might own, each with the likeliest of those who may write it: who may write the most beside it. */
export function* sharedThings(request: SharingRequest): Iterable<SharedThing> {
  const walk = walkOf(request)
  if (walk === undefined) return
  for (const { row, dependence, group: dir } of walk.shared()) {
    const ranked = likeliest(walk.groups.get(dir))
    const writers = colleagues(dependence, request.inside).map((one) => one.toLowerCase())
    yield {
      id: row.id,
      name: row.name ?? row.id,
      path: walk.pathOf(row.dir ?? 0),
      to: ranked.find((address) => writers.includes(address.toLowerCase())) ?? colleagues(dependence, request.inside)[0],
    }
  }
}

interface Shared {
  readonly row: ItemRow
  readonly dependence: Dependence
  readonly group: number
}

function walkOf({ journal, source, dependents, own, inside }: SharingRequest) {
  const n = journal.findSource(source)
  if (n === undefined) return undefined
  const of = (row: ItemRow): Dependence | undefined =>
    row.vanished === null && (row.kind === 'file' || row.kind === 'folder')
      ? dependents.of(JSON.parse(row.details) as JsonObject, own)
      : undefined
  const sharedDirs = new Set<number>()
  for (const row of journal.itemRows(n)) if (row.kind === 'folder' && of(row) !== undefined) sharedDirs.add(row.n)

  const tops = new Map<number, number | undefined>()
  /** The uppermost shared folder at or above a folder. */
  const topOf = (dir: number): number | undefined => {
    if (dir <= 0) return undefined
    if (tops.has(dir)) return tops.get(dir)
    const above = topOf(journal.folder(dir)?.dir ?? 0)
    const top = above ?? (sharedDirs.has(dir) ? dir : undefined)
    if (tops.size >= most) tops.clear()
    tops.set(dir, top)
    return top
  }
  function* shared(): Iterable<Shared> {
    for (const row of journal.itemRows(n!)) {
      const dependence = of(row)
      if (dependence === undefined) continue
      const at = row.dir ?? -n!
      yield { row, dependence, group: (row.kind === 'folder' ? topOf(row.n) : topOf(at)) ?? at }
    }
  }

  const groups = new Map<number, Group>()
  let otherFiles = 0
  for (const { row, dependence, group: dir } of shared()) {
    const known = groups.get(dir)
    if (known === undefined && groups.size >= most) {
      otherFiles++
      continue
    }
    const group = known ?? { files: 0, people: new Map(), writers: new Map(), open: undefined, unnamed: false }
    groups.set(dir, group)
    add(group, row.kind, dependence, inside)
  }
  const paths = createPaths(journal, new Map([[n, source]]))
  const pathOf = (dir: number) => (dir === 0 ? '' : paths.original(dir).slice(source.length + 1))
  return { groups, otherFiles, shared, pathOf }
}

function add(group: Group, kind: ItemRow['kind'], dependence: Dependence, inside: (address: string) => boolean): void {
  if (kind === 'file') group.files++
  for (const { address, may } of dependence.people) {
    const key = address.toLowerCase()
    const person = group.people.get(key)
    if (person === undefined && group.people.size >= mostPeople) continue
    group.people.set(key, { address, writes: may === 'write' || person?.writes === true, count: (person?.count ?? 0) + 1 })
  }
  for (const address of colleagues(dependence, inside)) group.writers.set(address, (group.writers.get(address) ?? 0) + 1)
  group.open = group.open === 'anyone' ? 'anyone' : (dependence.open ?? group.open)
  group.unnamed ||= dependence.unnamed === true
}

/** Persons of the organisation who may write; an address of many cannot own anything. */
const colleagues = ({ people }: Dependence, inside: (address: string) => boolean): readonly string[] =>
  people.flatMap(({ address, may, group }) => (may === 'write' && group !== true && inside(address) ? [address] : []))

const likeliest = (group: Group | undefined): readonly string[] =>
  [...(group?.writers ?? [])].toSorted(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)).map(([address]) => address)

function proposalFor({ writers, people, open, unnamed }: Group): Proposal {
  if (writers.size > 0 || (people.size === 0 && open === 'organisation')) return 'transfer'
  return people.size > 0 || unnamed ? 'download' : 'keep'
}
