import type { Content } from './content.ts'
import { defaultExport, exportFormats } from './export-formats.ts'
import type { DriveItem, ExportContent } from './items.ts'

let made = 0

const produced = (source: ExportContent): Content => {
  made += 1
  return typeof source === 'function' ? source(`practice export ${made}`) : source
}

/** One export of an editor file, other bytes each time; undefined: not in this format. */
export function exportOf(item: DriveItem, mimeType: string): Content | undefined {
  const given = item.exports?.[mimeType]
  if (given !== undefined) return produced(given)
  if (!exportFormats[item.mimeType]?.includes(mimeType)) return undefined
  return produced((stamp) => defaultExport(item.name, mimeType, stamp))
}

/** What `files.download` gives of an editor file, by default in the first of its formats; undefined: nothing. */
export function downloadOf(item: DriveItem, mimeType: string | undefined): { mimeType: string; content: Content } | undefined {
  const format =
    mimeType ?? Object.keys(item.downloads ?? {})[0] ?? exportFormats[item.mimeType]?.[0] ?? Object.keys(item.exports ?? {})[0]
  if (format === undefined) return undefined
  const given = item.downloads?.[format]
  const content = given === undefined ? exportOf(item, format) : produced(given)
  return content === undefined ? undefined : { mimeType: format, content }
}
