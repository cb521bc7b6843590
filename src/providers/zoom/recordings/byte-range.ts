import type { HttpResponse } from '../../../core/transport.ts'

/** `Content-Range: bytes START-END/TOTAL` of a 206: https://www.rfc-editor.org/rfc/rfc9110#name-content-range. undefined where it does not state all three. */
export function rangeOf({ headers }: HttpResponse): { readonly start: number; readonly total: number } | undefined {
  const found = /^\s*bytes (\d+)-(\d+)\/(\d+)\s*$/i.exec(headers['content-range'] ?? '')
  return found === null ? undefined : { start: Number(found[1]), total: Number(found[3]) }
}

/** Bytes of the whole, where a 200 states it and they were not packed on the way. */
export function lengthOf({ headers }: HttpResponse): number | undefined {
  const length = headers['content-length']
  return length === undefined || !/^\d+$/.test(length) || (headers['content-encoding'] ?? 'identity') !== 'identity'
    ? undefined
    : Number(length)
}

/**
 * What identifies these bytes from one attempt to the next: the storage's strong ETag (https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3), and how
 * many they are. undefined where there is no such ETag: what was cut off is then asked for from the start.
 */
export function versionOf({ headers }: HttpResponse, total: number | undefined): string | undefined {
  const { etag } = headers
  return etag?.startsWith('"') && total !== undefined ? `${etag} ${total}` : undefined
}

export const etagIn = (version: string): string => version.slice(0, version.lastIndexOf(' '))
