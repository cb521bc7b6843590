/** Parts of a page's answer. */
export interface PageBytes {
  readonly html: Buffer
  /** InkML of what was drawn by hand. */
  readonly ink?: Buffer
}

/**
 * Takes the answer to `includeinkML=true` apart: one part of HTML, one of InkML (https://devblogs.microsoft.com/microsoft365dev/onenote-ink-beta-apis/).
 * The boundary is read off the body's first line, since the header does not reliably name it. An answer of HTML alone is what a service gives
 * that knows no ink. Undefined for what is neither.
 */
export function readPageAnswer(body: Buffer): PageBytes | undefined {
  if (!body.subarray(0, 2).equals(Buffer.from('--'))) return { html: body }
  const lineEnd = body.indexOf('\n')
  if (lineEnd < 0) return undefined
  const boundary = Buffer.from(body.subarray(0, lineEnd).toString('latin1').trimEnd(), 'latin1')
  let html: Buffer | undefined
  let ink: Buffer | undefined
  for (let start = lineEnd + 1; ; ) {
    const mark = findMark(body, boundary, start)
    // Without the mark at its end the answer was cut off.
    if (mark === undefined) return undefined
    const part = readPart(body.subarray(start, mark.from))
    if (part === undefined) return undefined
    if (/^text\/html\b|^application\/xhtml\+xml\b/i.test(part.type)) html = part.content
    else if (/^application\/inkml\+xml\b/i.test(part.type)) ink = part.content
    if (mark.last) break
    start = mark.to
  }
  // Every page has the part; only a trace in it is ink.
  if (ink !== undefined && !/<(?:\w+:)?trace[\s>]/.test(ink.toString('latin1'))) ink = undefined
  return html === undefined ? undefined : { html, ...(ink === undefined ? {} : { ink }) }
}

/** The next line that is the boundary; `from` is where the content before it ends. */
function findMark(body: Buffer, boundary: Buffer, start: number): { from: number; to: number; last: boolean } | undefined {
  for (let at = body.indexOf(boundary, start); at >= 0; at = body.indexOf(boundary, at + 1)) {
    if (at > start && body[at - 1] !== 0x0a) continue
    const lineEnd = body.indexOf('\n', at)
    const rest = body
      .subarray(at + boundary.length, lineEnd < 0 ? body.length : lineEnd)
      .toString('latin1')
      .trim()
    if (rest !== '' && rest !== '--') continue
    const from = at - (body[at - 2] === 0x0d ? 2 : 1)
    return { from: Math.max(start, from), to: lineEnd < 0 ? body.length : lineEnd + 1, last: rest === '--' }
  }
  return undefined
}

function readPart(part: Buffer): { type: string; content: Buffer } | undefined {
  const [crlf, lf] = [part.indexOf('\r\n\r\n'), part.indexOf('\n\n')]
  const end = crlf >= 0 && (lf < 0 || crlf < lf) ? { at: crlf, length: 4 } : { at: lf, length: 2 }
  if (end.at < 0) return undefined
  const [, type = ''] = /^content-type:\s*([^\r\n]*)/im.exec(part.subarray(0, end.at).toString('latin1')) ?? []
  return { type, content: part.subarray(end.at + end.length) }
}
