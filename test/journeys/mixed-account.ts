import { generated } from '../../src/practice/content/generated.ts'
import { docx } from '../../src/practice/content/office.ts'
import type { DriveModel } from '../../src/practice/google/drive-model.ts'
import { createDriveModel } from '../../src/practice/google/model.ts'
import { docxType } from '../../src/practice/google/person.ts'
import { createWebdavModel, type WebdavModel } from '../../src/practice/webdav/model.ts'
import type { CourseAccount } from './course.ts'
import { expectedFiles, expectedFolders } from './expected.ts'
import { below, pick, type Random, seeded } from './random.ts'

/** A Drive and a home of some 150 things each, which change from run to run. */
export interface MixedAccount extends CourseAccount {
  readonly drive: DriveModel
  readonly home: WebdavModel
}

export interface MixedAccountOptions {
  readonly seed: number
  /** Bytes of the one large file on Drive; default 60 MiB. */
  readonly large?: number
}

export function createMixedAccount({ seed, large = 60 * 1024 * 1024 }: MixedAccountOptions): MixedAccount {
  const random = seeded(seed)
  const drive = createDriveModel()
  const home = createWebdavModel()
  let made = seed * 1000
  const bytes = () => generated(1000 + below(random, 39_000), ++made).bytes()
  const driveSide = fillDrive(drive, random, bytes, { size: large, seed: ++made })
  const homeSide = fillHome(home, random, bytes, { size: 12 * 1024 * 1024, seed: ++made })
  return {
    drive,
    home,
    cloud: { drive, home },
    expected: () => expectedFiles({ drive, home }),
    folders: () => ['data/google/drive', ...expectedFolders({ drive, home })],
    // Rename, move, swap, replace, add, remove; files, folders and all that is in them.
    change() {
      driveSide.rearrange()
      driveSide.rewrite()
      homeSide.rearrange()
      homeSide.rewrite()
    },
    rearrange() {
      driveSide.rearrange()
      homeSide.rearrange()
    },
  }
}

interface Side {
  rearrange(): void
  rewrite(): void
}

type Bytes = () => Uint8Array
interface Big {
  readonly size: number
  readonly seed: number
}

/** Seconds of 2024, in steps of whole seconds, so that every side can hold them. */
const someTime = (random: Random) => Date.UTC(2024, 0, 1) + below(random, 300 * 86_400) * 1000

function fillDrive(model: DriveModel, random: Random, bytes: Bytes, big: Big): Side {
  const folders: string[] = []
  const files: string[] = []
  const documents: string[] = []
  let count = 0
  const shared = model.addSharedDrive('Laboratory', { [model.me.email]: 'organizer' })
  const addFolder = (parent: string | undefined) => {
    const name = `folder ${++count}`
    folders.push(model.addFolder(name, { modifiedTime: someTime(random), ...(parent !== undefined && { parent }) }).id)
  }
  const addFile = (parent: string, name = `file ${++count}.bin`) =>
    void files.push(model.addFile(name, bytes(), { parent, modifiedTime: someTime(random) }).id)
  const words = () => docx([`Text ${++count}`, 'and nothing else'])

  for (let n = 0; n < 6; n++) addFolder(undefined)
  addFolder(shared.id)
  for (let n = 0; n < 20; n++) addFolder(pick(random, folders))
  for (let n = 0; n < 90; n++) addFile(pick(random, folders))
  // Equal names, and such as differ in letter case alone.
  const [crowd = ''] = folders
  for (const name of ['same.txt', 'same.txt', 'same.txt', 'Same.TXT']) addFile(crowd, name)
  for (let n = 0; n < 4; n++) {
    const exports = { [docxType]: words() }
    const options = { parent: pick(random, folders), modifiedTime: someTime(random), exports }
    documents.push(model.addEditorFile(`document ${++count}`, 'document', options).id)
  }
  const bigFile = model.addFile('large.bin', big, { parent: pick(random, folders), modifiedTime: someTime(random) }).id
  let rounds = 0

  const isBelow = (id: string, ancestor: string): boolean => {
    for (let at: string | undefined = id; at !== undefined; at = model.get(at)?.parent) if (at === ancestor) return true
    return false
  }
  const driveOf = (id: string) => model.get(id)?.driveId

  return {
    rearrange() {
      for (const id of [pick(random, folders), pick(random, folders)]) model.rename(id, `renamed folder ${++count}`)
      for (let n = 0; n < 2; n++) {
        const [what, where] = [pick(random, folders), pick(random, folders)]
        if (!isBelow(where, what) && driveOf(what) === driveOf(where)) model.move(what, where)
      }
      for (let n = 0; n < 4; n++) {
        const [what, where] = [pick(random, files), pick(random, folders)]
        if (driveOf(what) === driveOf(where)) model.move(what, where)
      }
      for (let n = 0; n < 3; n++) model.rename(pick(random, files), `renamed ${++count}.bin`)
      // Two files exchange their names: neither can be moved before the other.
      const [one, other] = [pick(random, files), pick(random, files)]
      const [a, b] = [model.get(one)?.name ?? '', model.get(other)?.name ?? '']
      model.rename(one, b)
      model.rename(other, a)
    },
    rewrite() {
      rounds++
      for (let n = 0; n < 5; n++) model.replaceContent(pick(random, files), bytes())
      for (let n = 0; n < 8; n++) addFile(pick(random, folders))
      for (let n = 0; n < 2; n++) {
        const [gone = ''] = files.splice(below(random, files.length), 1)
        model.remove(gone)
      }
      // Another time, the same bytes: nothing is downloaded.
      for (let n = 0; n < 2; n++) model.update(pick(random, files), { modifiedTime: someTime(random) })
      model.edit(pick(random, documents), { [docxType]: words() })
      if (rounds % 2 === 0) model.replaceContent(bigFile, { size: big.size, seed: big.seed + rounds * 100_000 })
    },
  }
}

function fillHome(model: WebdavModel, random: Random, bytes: Bytes, big: Big): Side {
  let folders: string[] = ['/work', '/play', '/work/old']
  let files: string[] = []
  let count = 0
  for (const folder of folders) if (model.find(folder) === undefined) model.mkdir(folder)
  const addFile = () => {
    const path = `${pick(random, folders)}/paper ${++count}.txt`
    model.put(path, bytes(), { modified: new Date(someTime(random)) })
    files.push(path)
  }
  for (let n = 0; n < 17; n++) {
    const path = `${pick(random, folders)}/box ${++count}`
    model.mkdir(path)
    folders.push(path)
  }
  for (let n = 0; n < 128; n++) addFile()
  const bigPath = `${pick(random, folders)}/film.mp4`
  model.put(bigPath, big, { modified: new Date(someTime(random)) })
  files.push(bigPath)
  let rounds = 0

  const move = (from: string, to: string) => {
    if (from === to || to.startsWith(`${from}/`) || model.find(to) !== undefined || model.find(from) === undefined) return
    model.move(from, to)
    const renamed = (path: string) => (path === from || path.startsWith(`${from}/`) ? to + path.slice(from.length) : path)
    folders = folders.map(renamed)
    files = files.map(renamed)
  }
  const leaf = (path: string) => path.slice(path.lastIndexOf('/') + 1)
  const above = (path: string) => path.slice(0, path.lastIndexOf('/'))

  return {
    rearrange() {
      const folder = pick(random, folders)
      move(folder, `${above(folder)}/renamed box ${++count}`)
      const moved = pick(random, folders)
      move(moved, `${pick(random, folders)}/${leaf(moved)}`)
      for (let n = 0; n < 3; n++) {
        const file = pick(random, files)
        move(file, `${pick(random, folders)}/${leaf(file)}`)
        const other = pick(random, files)
        move(other, `${above(other)}/renamed paper ${++count}.txt`)
      }
    },
    rewrite() {
      rounds++
      for (let n = 0; n < 4; n++) model.put(pick(random, files), bytes(), { modified: new Date(someTime(random)) })
      for (let n = 0; n < 8; n++) addFile()
      for (let n = 0; n < 2; n++) {
        const [gone = ''] = files.splice(below(random, files.length), 1)
        model.remove(gone)
      }
      model.touch(pick(random, files), new Date(someTime(random)))
      const film = files.find((path) => model.find(path)?.name === 'film.mp4')
      if (film !== undefined && rounds % 3 === 0) model.put(film, { ...big, seed: big.seed + rounds * 100_000 })
    },
  }
}
