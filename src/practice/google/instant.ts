/** Milliseconds since 1970 of an RFC 3339 timestamp, whose offset is mandatory; undefined: it is none. https://www.rfc-editor.org/rfc/rfc3339#section-5.6 */
export function instant(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.test(text)) return undefined
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : at
}
