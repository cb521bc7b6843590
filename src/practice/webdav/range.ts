/** What a Range header asks of a body of `size` bytes: everything, one part (end exclusive), or nothing that is there. */
export type Ranged =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly start: number; readonly end: number }
  | { readonly kind: 'none' }

const whole: Ranged = { kind: 'whole' }

/** RFC 9110, 14.1.2 and 14.2: what cannot be read, and several ranges at once, are ignored. */
export function readRange(header: string | undefined, size: number): Ranged {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? []
  if (first === '' && last === '') return whole
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? { kind: 'none' } : { kind: 'part', start: size - length, end: size }
  }
  const start = Number(first)
  if (last !== '' && Number(last) < start) return whole
  if (start >= size) return { kind: 'none' }
  return { kind: 'part', start, end: last === '' ? size : Math.min(Number(last) + 1, size) }
}

/** Whether the part may be given: strong comparison of etags, or the very date (RFC 9110, 13.1.5). */
export function ifRangeHolds(header: string | undefined, etag: string | undefined, modified: string): boolean {
  if (header === undefined) return true
  const value = header.trim()
  if (value.startsWith('"')) return value === etag
  return !value.startsWith('W/') && value === modified
}
