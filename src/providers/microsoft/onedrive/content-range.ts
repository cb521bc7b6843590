/** `Content-Range: bytes START-END/TOTAL` of a 206; undefined where it is missing or does not state all three. https://www.rfc-editor.org/rfc/rfc9110#name-content-range */
export function contentRange(header: string | undefined): { start: number; end: number; total: number } | undefined {
  const found = /^\s*bytes (\d+)-(\d+)\/(\d+)\s*$/i.exec(header ?? '')
  if (found === null) return undefined
  const [start, end, total] = found.slice(1).map(Number)
  return start! <= end! && end! < total! ? { start: start!, end: end!, total: total! } : undefined
}
