/** The header of a message: values by name in small letters, in the order in which they stand (the receiver's own first), unfolded and not yet decoded. */
export type HeaderFields = ReadonlyMap<string, readonly string[]>

const strictUtf8 = new TextDecoder('utf-8', { fatal: true })

/** Where the body begins; the length of `bytes` where the header goes on beyond them. */
export function bodyStart(bytes: Buffer): number {
  const [lf, crlf] = [bytes.indexOf('\n\n'), bytes.indexOf('\r\n\r\n')]
  if (lf === -1 && crlf === -1) return bytes.length
  return lf === -1 || (crlf !== -1 && crlf < lf) ? crlf + 4 : lf + 2
}

/** RFC 5322, 2.2; lines that are no fields (an mbox line in front) are passed over. */
export function readHeaderFields(bytes: Buffer): HeaderFields {
  const fields = new Map<string, string[]>()
  const unfolded = headerText(bytes).replace(/\r?\n[ \t]+/g, ' ')
  for (const line of unfolded.split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    const name = line.slice(0, colon).trimEnd().toLowerCase()
    if (!/^[\x21-\x39\x3b-\x7e]+$/.test(name)) continue
    const values = fields.get(name)
    if (values === undefined) fields.set(name, [line.slice(colon + 1).trim()])
    else values.push(line.slice(colon + 1).trim())
  }
  return fields
}

/** Programs write headers unencoded, too: ISO-2022-JP with its escapes, or UTF-8 (RFC 6532); what is neither is read as Windows-1252. */
function headerText(bytes: Buffer): string {
  const latin = bytes.toString('latin1')
  if (/\u001b[$(]/.test(latin)) return new TextDecoder('iso-2022-jp').decode(bytes)
  if (!/[\x80-\xff]/.test(latin)) return latin
  try {
    return strictUtf8.decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

export const first = (fields: HeaderFields, name: string): string => fields.get(name)?.[0] ?? ''
