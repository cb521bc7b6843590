/**
 * The id of one meeting (of a series, say) as a part of a path. One that begins with `/` or contains `//` is encoded twice:
 * https://developers.zoom.us/docs/api/using-zoom-apis/#meeting-id-and-uuid
 */
export function pathOfUuid(uuid: string): string {
  const once = encodeURIComponent(uuid)
  return uuid.startsWith('/') || uuid.includes('//') ? encodeURIComponent(once) : once
}
