import { randomBytes } from 'node:crypto'
import { xmlText } from '../../content/xml-text.ts'
import type { NotesModel, NotesPage } from './notes-model.ts'
import { clientLink, webLink } from './page-links.ts'

/**
 * The output HTML of a page, in the form of the examples of https://learn.microsoft.com/graph/onenote-input-output-html: `data-absolute-enabled`
 * on the body always, the content in an absolutely positioned div. The query of a resource's address differs from one answer to the next.
 */
export function pageHtml(model: NotesModel, page: NotesPage, graphRoot: string): Uint8Array {
  if (page.raw !== undefined) return page.raw
  const body = page.body
    .replace(/"res:([^"]+)"/g, (_, id: string) => `"${resourceAddress(model, id, graphRoot)}"`)
    .replace(/"(web)?link:([^"]+)"/g, (_, web: string | undefined, id: string) => {
      const target = model.pages.get(id)
      if (target === undefined) return '"about:blank"'
      return `"${xmlText(web === undefined ? clientLink(model, target) : webLink(model, target))}"`
    })
  return Buffer.from(
    [
      '<html lang="ja-JP">',
      '\t<head>',
      `\t\t<title>${xmlText(page.title)}</title>`,
      '\t\t<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />',
      `\t\t<meta name="created" content="${new Date(page.created).toISOString().replace('Z', '0000')}" />`,
      '\t</head>',
      '\t<body data-absolute-enabled="true" style="font-family:Calibri;font-size:11pt">',
      `\t\t<div style="position:absolute;left:48px;top:115px;width:624px">${body}</div>`,
      '\t</body>',
      '</html>',
      '',
    ].join('\r\n'),
  )
}

/** Links of pages from before Graph name the host of that time: https://learn.microsoft.com/graph/onenote-get-content#image-or-other-file-resource */
function resourceAddress(model: NotesModel, id: string, graphRoot: string): string {
  const moment = randomBytes(6).toString('hex')
  return model.resources.get(id)?.host === 'onenote'
    ? `https://www.onenote.com/api/v1.0/me/notes/resources/${id}/$value?session=${moment}`
    : `${graphRoot}/users('${encodeURIComponent(model.email)}')/onenote/resources/${id}/$value?session=${moment}`
}

/** InkML of a page where nothing was drawn: the part is there all the same. */
const noInk =
  '<?xml version="1.0" encoding="utf-8"?>\r\n<inkml:ink xmlns:inkml="http://www.w3.org/2003/InkML"><inkml:definitions /><inkml:traceGroup /></inkml:ink>'

/**
 * HTML and ink in one multipart answer: https://devblogs.microsoft.com/microsoft365dev/onenote-ink-beta-apis/. Programs that read it find the
 * boundary in the first line of the body.
 */
export function pageMultipart(html: Uint8Array, ink: string | undefined): { type: string; body: Uint8Array } {
  const boundary = `batch_${randomBytes(12).toString('hex')}`
  const part = (type: string, name: string, bytes: Uint8Array) =>
    Buffer.concat([
      Buffer.from(`--${boundary}\r\nContent-Type: ${type}\r\nContent-Disposition: form-data; name=${name}\r\n\r\n`),
      bytes,
      Buffer.from('\r\n'),
    ])
  return {
    type: `multipart/mixed; boundary="${boundary}"`,
    body: Buffer.concat([
      part('text/html; charset=utf-8', 'presentation', html),
      part('application/inkml+xml', 'presentation-onenote-inkml', Buffer.from(ink ?? noInk)),
      Buffer.from(`--${boundary}--\r\n`),
    ]),
  }
}
