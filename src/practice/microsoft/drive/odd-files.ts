import { createHash } from 'node:crypto'
import { generated } from '../../content/generated.ts'
import { docx } from '../../content/office.ts'
import { pdf } from '../../content/pdf.ts'
import { jpeg } from '../../content/picture.ts'
import { prose } from '../../content/text.ts'
import { types } from './media-types.ts'
import type { OneDriveModel } from './one-drive-model.ts'

/** A picture in the boxes of HEIF (ISO/IEC 23008-12): the kind, and what it holds. */
function heic(picture: Uint8Array): Buffer {
  const box = (type: string, content: Uint8Array) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(8 + content.byteLength)
    return Buffer.concat([length, Buffer.from(type, 'latin1'), content])
  }
  return Buffer.concat([
    box('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1')),
    box('meta', Buffer.alloc(4)),
    box('mdat', picture),
  ])
}

export interface OddFiles {
  readonly rewritten: string
  readonly livePhoto: string
  readonly rightsProtected: string
  readonly malware: string
  readonly blocked: string
  readonly withoutHashes: string
  readonly withoutFacet: string
  readonly parentless: string
  readonly notebook: string
  readonly otherPackage: string
}

const at = (day: string) => Date.parse(`${day}T14:05:09Z`)

/** Everything that a backup of a OneDrive meets sooner or later. The reports of each stand beside it. */
export function addOddFiles(model: OneDriveModel): OddFiles {
  const folder = model.addFolder('Strange things', { modified: at('2024-03-03') })
  const parent = folder.id
  const modified = at('2024-03-04')
  // SharePoint writes its own properties into Office files after the upload: size and checksum are those of before.
  // https://github.com/OneDrive/onedrive-api-docs/issues/935, /1066
  const essay = docx(['Essay', ...prose(4)])
  const rewritten = model.addFile('rewritten by SharePoint.docx', essay, {
    served: docx(['Essay', ...prose(4)], { stamp: 'properties that the service added' }),
    mimeType: types.docx,
    parent,
    modified,
  })
  // The movie of a Live Photo counts for the size and does not come. https://github.com/abraunegg/onedrive/issues/2471
  const still = heic(jpeg(320, 240, 21))
  const livePhoto = model.addFile('IMG_0412.heic', Buffer.concat([still, generated(200_000, 41).bytes()]), {
    served: still,
    mimeType: 'image/heic',
    parent,
    modified,
  })
  // What a library with rights management hands out is wrapped in a compound file. https://learn.microsoft.com/purview/apply-irm-to-a-list-or-library
  const rightsProtected = model.addFile('board minutes (protected).pdf', pdf(['Minutes', ...prose(2)]), {
    served: Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), generated(9000, 42).bytes()]),
    mimeType: 'application/pdf',
    parent,
    modified,
  })
  const malware = model.addFile('invoice.exe', generated(4096, 13).bytes(), {
    malware: true,
    mimeType: 'application/x-msdownload',
    parent,
    modified,
  })
  const blocked = model.addFile('to look at only.pdf', pdf(['Not for downloading']), {
    blocked: true,
    mimeType: 'application/pdf',
    parent,
    modified,
  })
  const withoutHashes = model.addFile('just uploaded.bin', generated(3000, 14).bytes(), { withoutHashes: true, parent, modified })
  const withoutFacet = model.addWithoutFacet('Personal Vault', { parent, modified })
  const nobody = createHash('sha256').update('a folder that never comes').digest('hex').toUpperCase().slice(0, 32)
  const parentless = model.addFile('whose folder never comes.txt', 'left over\n', {
    parent: model.kind === 'business' ? `01${nobody}` : `${model.driveId.toUpperCase()}!99999`,
    mimeType: 'text/plain',
    modified,
  })
  return {
    rewritten: rewritten.id,
    livePhoto: livePhoto.id,
    rightsProtected: rightsProtected.id,
    malware: malware.id,
    blocked: blocked.id,
    withoutHashes: withoutHashes.id,
    withoutFacet: withoutFacet.id,
    parentless: parentless.id,
    ...addPackages(model),
  }
}

/** A notebook is a package; in business drives its files are listed below it, with sizes that mean nothing. https://github.com/OneDrive/onedrive-api-docs/issues/927 */
function addPackages(model: OneDriveModel) {
  const modified = at('2024-06-06')
  const notebooks = model.addFolder('Notebooks', { modified })
  const notebook = model.addPackage('Studies', 'oneNote', { parent: notebooks.id, modified })
  if (model.kind === 'business') {
    const one = { mimeType: 'application/msonenote', parent: notebook.id, modified }
    model.addFile('Lectures.one', new Uint8Array(170), { ...one, served: generated(30_000, 51).bytes() })
    model.addFile('Vocabulary.one', new Uint8Array(170), { ...one, served: generated(20_000, 52).bytes() })
    model.addFile('Open Notebook.onetoc2', generated(800, 53).bytes(), one)
  }
  const otherPackage = model.addPackage('Whiteboard of the club', 'whiteboard', { parent: notebooks.id, modified })
  return { notebook: notebook.id, otherPackage: otherPackage.id }
}
