import { slideParts } from './slides.ts'
import { xmlText } from './xml-text.ts'
import { type ZipEntry, zip } from './zip.ts'

/**
 * Office Open XML files (ECMA-376, https://ecma-international.org/publications-and-standards/standards/ecma-376/): the fewest
 * parts with which the office programs open them. `stamp` goes into the document properties: two exports of one document with
 * different stamps differ in bytes and not in content, as exports of the real services do.
 */
export type OfficeOptions = { readonly stamp?: string }

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const relationshipTypes = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const contentType = 'application/vnd.openxmlformats-officedocument.'

/** A Word document with one paragraph for each string. */
export function docx(paragraphs: readonly string[], options: OfficeOptions = {}): Uint8Array {
  const body = paragraphs.map((text) => `<w:p><w:r><w:t xml:space="preserve">${xmlText(text)}</w:t></w:r></w:p>`).join('')
  return office(
    'word/document.xml',
    [
      {
        name: 'word/document.xml',
        type: `${contentType}wordprocessingml.document.main+xml`,
        xml: `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}<w:sectPr/></w:body></w:document>`,
      },
    ],
    options,
  )
}

/** A workbook with one sheet of text cells. */
export function xlsx(rows: readonly (readonly string[])[], options: OfficeOptions = {}): Uint8Array {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const cell = (text: string) => `<c t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`
  const data = rows.map((row) => `<row>${row.map(cell).join('')}</row>`).join('')
  return office(
    'xl/workbook.xml',
    [
      {
        name: 'xl/workbook.xml',
        type: `${contentType}spreadsheetml.sheet.main+xml`,
        xml: `<workbook xmlns="${main}" xmlns:r="${relationshipTypes}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
        links: [['worksheet', 'worksheets/sheet1.xml']],
      },
      {
        name: 'xl/worksheets/sheet1.xml',
        type: `${contentType}spreadsheetml.worksheet+xml`,
        xml: `<worksheet xmlns="${main}"><sheetData>${data}</sheetData></worksheet>`,
      },
    ],
    options,
  )
}

/** A presentation with one slide for each string; at least one slide is made. */
export function pptx(slides: readonly string[], options: OfficeOptions = {}): Uint8Array {
  return office('ppt/presentation.xml', slideParts(slides.length === 0 ? [''] : slides), options)
}

/** A part of a package: its relationships go to `links`, [kind, target relative to the part], as rId1, rId2, … */
export type OfficePart = {
  readonly name: string
  readonly type: string
  readonly xml: string
  readonly links?: readonly (readonly [kind: string, target: string])[]
}

function office(main: string, parts: readonly OfficePart[], options: OfficeOptions): Uint8Array {
  const overrides = [...parts, { name: 'docProps/core.xml', type: 'application/vnd.openxmlformats-package.core-properties+xml' }]
    .map((part) => `<Override PartName="/${part.name}" ContentType="${part.type}"/>`)
    .join('')
  const entries: ZipEntry[] = [
    {
      name: '[Content_Types].xml',
      content: `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${overrides}</Types>`,
    },
    { name: '_rels/.rels', content: relationships([['officeDocument', main], coreProperties]) },
  ]
  for (const part of parts) {
    entries.push({ name: part.name, content: declaration + part.xml })
    if (part.links) {
      const slash = part.name.lastIndexOf('/')
      entries.push({
        name: `${part.name.slice(0, slash)}/_rels${part.name.slice(slash)}.rels`,
        content: relationships(part.links),
      })
    }
  }
  const identifier = options.stamp === undefined ? '' : `<dc:identifier>${xmlText(options.stamp)}</dc:identifier>`
  entries.push({
    name: 'docProps/core.xml',
    content: `${declaration}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">${identifier}<dc:creator>Practice</dc:creator></cp:coreProperties>`,
  })
  return zip(entries)
}

const coreProperties = ['core-properties', 'docProps/core.xml'] as const

function relationships(links: readonly (readonly [kind: string, target: string])[]): string {
  const list = links.map(([kind, target], index) => {
    const type =
      kind === 'core-properties'
        ? 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties'
        : `${relationshipTypes}/${kind}`
    return `<Relationship Id="rId${index + 1}" Type="${type}" Target="${target}"/>`
  })
  return `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list.join('')}</Relationships>`
}
