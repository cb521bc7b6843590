import { createHash } from 'node:crypto'

/** `stamp` goes into the file identifier: two exports of one document with different stamps differ in bytes. */
export type PdfOptions = { readonly stamp?: string }

const linesOnPage = 50

/**
 * A PDF 1.4 file (ISO 32000-1) with its cross-reference table at the right offsets, 50 lines a page. The built-in font knows
 * Latin-1 only: other characters show as `?`; the title in the document information holds the first line as it is.
 */
export function pdf(lines: readonly string[], options: PdfOptions = {}): Uint8Array {
  const pages: string[][] = []
  for (let at = 0; at === 0 || at < lines.length; at += linesOnPage) pages.push(lines.slice(at, at + linesOnPage))
  const kids = pages.map((_, index) => `${5 + 2 * index} 0 R`).join(' ')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    `<< /Title <FEFF${utf16(lines[0] ?? '')}> /Producer (Practice) >>`,
    ...pages.flatMap((page, index) => {
      const text = `BT /F1 11 Tf 14 TL 56 786 Td\n${page.map((line) => `(${latin(line)}) Tj T*`).join('\n')}\nET\n`
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${6 + 2 * index} 0 R >>`,
        `<< /Length ${text.length} >>\nstream\n${text}endstream`,
      ]
    }),
  ]
  let file = '%PDF-1.4\n%\xe2\xe3\xcf\xd3\n'
  const offsets = objects.map((object, index) => {
    const offset = file.length
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
    return `${String(offset).padStart(10, '0')} 00000 n \n`
  })
  const id = createHash('md5')
    .update(options.stamp ?? '')
    .update(lines.join('\n'))
    .digest('hex')
  const size = objects.length + 1
  file += `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}trailer\n<< /Size ${size} /Root 1 0 R /Info 4 0 R /ID [<${id}> <${id}>] >>\nstartxref\n${file.length}\n%%EOF\n`
  return Buffer.from(file, 'latin1')
}

function latin(text: string): string {
  return text.replace(/[^\x20-\x7e\xa0-\xff]/gu, '?').replace(/[\\()]/g, (character) => `\\${character}`)
}

function utf16(text: string): string {
  return Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()
}
