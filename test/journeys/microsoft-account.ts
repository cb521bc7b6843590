import { createOneDriveModel } from '../../src/practice/microsoft/drive/model.ts'
import type { OneDriveModel } from '../../src/practice/microsoft/drive/one-drive-model.ts'
import type { NotesModel } from '../../src/practice/microsoft/onenote/notes-model.ts'
import type { CourseAccount } from './course.ts'
import { sha256Of } from './expected.ts'
import { createNotesSide } from './notes-side.ts'
import { below, pick, type Random, seeded } from './random.ts'

/** A OneDrive of some 130 files and a OneNote of some 30 pages, which change from run to run. */
export interface MicrosoftAccount extends CourseAccount {
  readonly drive: OneDriveModel
  readonly notes: NotesModel
  /** The id of the one large file. */
  readonly large: string
}

export interface MicrosoftAccountOptions {
  readonly seed: number
  /** Bytes of the one large file; default 40 MiB. */
  readonly large?: number
}

export function createMicrosoftAccount({ seed, large = 40 * 1024 * 1024 }: MicrosoftAccountOptions): MicrosoftAccount {
  const random = seeded(seed)
  const drive = createOneDriveModel()
  const driveSide = fillDrive(drive, random, seed, large)
  const notesSide = createNotesSide(random, drive.account.username, seed)
  return {
    drive,
    notes: notesSide.model,
    large: driveSide.large,
    cloud: {
      accounts: ['microsoft'],
      microsoft: {
        model: drive,
        notes: notesSide.model,
        // Several pages, with what real ones have in them.
        settings: { pageLimit: 40, duplicates: 'same', emptyPageEvery: 3, parents: seed % 2 === 0 ? 'first' : 'last' },
      },
    },
    served(cloud) {
      driveSide.expireTokens = () => cloud.microsoft.expireDeltaTokens()
      notesSide.served(cloud.microsoft.endpoints.graph)
    },
    change() {
      driveSide.rearrange()
      driveSide.rewrite()
      notesSide.change()
    },
    rearrange() {
      driveSide.rearrange()
      notesSide.rearrange()
    },
    expected: () => {
      notesSide.note()
      return [...drive.scan({ entry: 0, offset: 0 }, drive.entries())].flatMap(
        ([{ id, name, parent, content, clientModified }]) =>
          content === undefined || parent === undefined
            ? []
            : [
                {
                  source: 'microsoft/onedrive' as const,
                  id,
                  folder: placeOf(drive, parent),
                  name,
                  sha256: sha256Of(content),
                  bytes: content instanceof Uint8Array ? content.byteLength : content.size,
                  modified: clientModified,
                },
              ],
      )
    },
    folders: () => [
      'data/microsoft/onedrive',
      ...[...drive.scan({ entry: 0, offset: 0 }, drive.entries())].flatMap(([{ id, kind, parent }]) =>
        kind === 'folder' && parent !== undefined ? [placeOf(drive, id)] : [],
      ),
      ...notesSide.folders(),
    ],
    derived: notesSide.derived,
    fetched: notesSide.fetched,
  }
}

/** Where the contract says that a folder of the drive stands. */
function placeOf(drive: OneDriveModel, id: string): string {
  const { parent, name } = drive.get(id)!
  return parent === undefined ? 'data/microsoft/onedrive' : `${placeOf(drive, parent)}/${name}`
}

/** In whole seconds of 2024. */
const someTime = (random: Random) => Date.UTC(2024, 0, 1) + below(random, 300 * 86_400) * 1000

function fillDrive(model: OneDriveModel, random: Random, seed: number, largeBytes: number) {
  const folders: string[] = []
  const files: string[] = []
  let count = 0
  const content = (size = 1000 + below(random, 39_000)) => ({ size, seed: seed * 1000 + ++count })
  const addFolder = (parent?: string) =>
    folders.push(model.addFolder(`folder ${++count}`, { modified: someTime(random), ...(parent !== undefined && { parent }) }).id)
  const addFile = (parent: string, name = `file ${++count}.bin`) =>
    files.push(model.addFile(name, content(), { parent, modified: someTime(random) }).id)
  for (let n = 0; n < 5; n++) addFolder()
  for (let n = 0; n < 17; n++) addFolder(pick(random, folders))
  for (let n = 0; n < 130; n++) addFile(pick(random, folders))
  const large = model.addFile('large.mp4', content(largeBytes), { parent: pick(random, folders), modified: someTime(random) }).id
  let rounds = 0

  const isBelow = (id: string, ancestor: string): boolean => {
    for (let at: string | undefined = id; at !== undefined; at = model.get(at)?.parent) if (at === ancestor) return true
    return false
  }
  const side = {
    large,
    expireTokens: () => {},
    rearrange() {
      for (let n = 0; n < 2; n++) model.rename(pick(random, folders), `renamed folder ${++count}`)
      for (let n = 0; n < 2; n++) {
        const [what, where] = [pick(random, folders), pick(random, folders)]
        if (!isBelow(where, what)) model.move(what, where)
      }
      for (let n = 0; n < 5; n++) model.move(pick(random, files), pick(random, folders))
      for (let n = 0; n < 3; n++) model.rename(pick(random, files), `renamed ${++count}.bin`)
      // Two files exchange their names: neither can be moved before the other.
      const [one, other] = [pick(random, files), pick(random, files)]
      const [a, b] = [model.get(one)!.name, model.get(other)!.name]
      model.rename(one, b)
      model.rename(other, a)
    },
    rewrite() {
      rounds++
      for (let n = 0; n < 3; n++) model.replaceContent(pick(random, files), content())
      // Other bytes, as many of them.
      for (let n = 0; n < 3; n++) {
        const id = pick(random, files)
        const was = model.get(id)!.content!
        model.replaceContent(id, content(was instanceof Uint8Array ? was.byteLength : was.size))
      }
      for (let n = 0; n < 8; n++) addFile(pick(random, folders))
      for (let n = 0; n < 2; n++) model.remove(files.splice(below(random, files.length), 1)[0]!)
      // Another time, the same bytes: nothing is downloaded.
      for (let n = 0; n < 2; n++) model.update(pick(random, files), { clientModified: someTime(random) })
      if (rounds % 2 === 0) model.replaceContent(large, content(largeBytes))
      if (rounds % 3 === 0) side.expireTokens()
    },
  }
  return side
}
