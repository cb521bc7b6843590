import { docx, pptx, xlsx } from '../content/office.ts'
import { pdf } from '../content/pdf.ts'
import { jpeg, png, svg } from '../content/picture.ts'
import { zip } from '../content/zip.ts'
import type { Content } from './content.ts'

const editor = 'application/vnd.google-apps.'
const office = 'application/vnd.openxmlformats-officedocument.'
const open = 'application/vnd.oasis.opendocument.'

/** Export formats of each editor type, the default of `files.download` first. https://developers.google.com/workspace/drive/api/guides/ref-export-formats */
export const exportFormats: Readonly<Record<string, readonly string[]>> = {
  [`${editor}document`]: [
    `${office}wordprocessingml.document`,
    `${open}text`,
    'application/rtf',
    'application/pdf',
    'text/plain',
    'application/zip',
    'application/epub+zip',
    'text/markdown',
  ],
  [`${editor}spreadsheet`]: [
    `${office}spreadsheetml.sheet`,
    `${open}spreadsheet`,
    'application/x-vnd.oasis.opendocument.spreadsheet',
    'application/pdf',
    'application/zip',
    'text/csv',
    'text/tab-separated-values',
  ],
  [`${editor}presentation`]: [`${office}presentationml.presentation`, `${open}presentation`, 'application/pdf', 'text/plain'],
  [`${editor}drawing`]: ['image/png', 'application/pdf', 'image/jpeg', 'image/svg+xml'],
  [`${editor}script`]: [`${editor}script+json`],
}

/** How a format is called in an export link, and the ending of a file of it. */
export const formatNames: Readonly<Record<string, string>> = {
  [`${office}wordprocessingml.document`]: 'docx',
  [`${office}spreadsheetml.sheet`]: 'xlsx',
  [`${office}presentationml.presentation`]: 'pptx',
  [`${open}text`]: 'odt',
  [`${open}spreadsheet`]: 'ods',
  'application/x-vnd.oasis.opendocument.spreadsheet': 'ods',
  [`${open}presentation`]: 'odp',
  'application/rtf': 'rtf',
  'application/pdf': 'pdf',
  'text/plain': 'txt',
  'application/zip': 'zip',
  'application/epub+zip': 'epub',
  'text/markdown': 'md',
  'text/csv': 'csv',
  'text/tab-separated-values': 'tsv',
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/svg+xml': 'svg',
  [`${editor}script+json`]: 'json',
}

/** An export of a document that nobody gave content: one with its name in it, in whatever format. */
export function defaultExport(name: string, mimeType: string, stamp: string): Content {
  const lines = [name, 'A document of the practice cloud.']
  const options = { stamp }
  switch (formatNames[mimeType]) {
    case 'docx':
      return docx(lines, options)
    case 'xlsx':
      return xlsx([lines, ['1', '2']], options)
    case 'pptx':
      return pptx(lines, options)
    case 'pdf':
      return pdf(lines, options)
    case 'png':
      return png(64, 48, name.length, options)
    case 'jpeg':
      return jpeg(64, 48, name.length, options)
    case 'svg':
      return svg(name, options)
    case 'rtf':
      return Buffer.from(`{\\rtf1\\ansi{\\*\\generator ${stamp};}A document of the practice cloud.\\par}\n`)
    case 'json':
      return Buffer.from(
        JSON.stringify({ files: [{ id: stamp, name: 'Code', type: 'server_js', source: 'function main() {}\n' }] }),
      )
    case 'csv':
      return Buffer.from(`"${name.replaceAll('"', '""')}"\r\n1,2\r\n`)
    case 'zip':
      return zip([
        { name: 'page.html', content: `<!doctype html><title>page</title><!-- ${stamp} --><p>A document of the practice cloud.` },
      ])
    case 'odt':
    case 'ods':
    case 'odp':
    case 'epub':
      return zip([
        { name: 'mimetype', content: mimeType },
        { name: 'META-INF/container.xml', content: `<?xml version="1.0"?><!-- ${stamp} --><container/>` },
      ])
    default:
      return Buffer.from(`${lines.join('\n')}\n`)
  }
}
