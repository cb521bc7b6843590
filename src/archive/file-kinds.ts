/** What a file is, by the ending of its name; for counting and for saying how to open it. */
export type FileKind =
  | 'documents'
  | 'sheets'
  | 'slides'
  | 'pdf'
  | 'pictures'
  | 'video'
  | 'sound'
  | 'mail'
  | 'contacts'
  | 'calendars'
  | 'pages'
  | 'text'
  | 'data'
  | 'packed'
  | 'other'

/** Endings by kind, without the dot, in lower case, in the order in which pages list them. What stands in none is `other`. */
export const endings: Readonly<Record<Exclude<FileKind, 'other'>, readonly string[]>> = {
  documents: ['docx', 'doc', 'odt', 'rtf', 'pages'],
  sheets: ['xlsx', 'xls', 'xlsm', 'ods', 'csv', 'tsv', 'numbers'],
  slides: ['pptx', 'ppt', 'odp', 'key'],
  pdf: ['pdf'],
  pictures: ['jpg', 'jpeg', 'png', 'gif', 'webp', 'svg', 'heic', 'tif', 'tiff', 'bmp', 'avif'],
  video: ['mp4', 'mov', 'm4v', 'webm', 'mkv', 'avi', 'mpg', 'mpeg', 'wmv'],
  sound: ['m4a', 'mp3', 'wav', 'ogg', 'opus', 'flac', 'aac'],
  mail: ['eml', 'mbox', 'msg'],
  contacts: ['vcf'],
  calendars: ['ics'],
  pages: ['html', 'htm', 'mhtml', 'url', 'webloc'],
  text: ['txt', 'md', 'tex', 'vtt', 'srt', 'log'],
  data: ['json', 'jsonl', 'xml', 'yaml', 'yml', 'sqlite', 'db'],
  packed: ['zip', 'gz', 'tgz', 'tar', '7z', 'rar', 'xz', 'bz2'],
}

export const fileKinds: readonly FileKind[] = [...(Object.keys(endings) as Exclude<FileKind, 'other'>[]), 'other']

const byEnding: ReadonlyMap<string, FileKind> = new Map(
  fileKinds.flatMap((kind) => (kind === 'other' ? [] : endings[kind].map((ending): [string, FileKind] => [ending, kind]))),
)

/** The ending of a file's name or path, in lower case without the dot; empty where it has none. */
export function endingOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot <= name.lastIndexOf('/') + 1 ? '' : name.slice(dot + 1).toLowerCase()
}

export function kindOf(name: string): FileKind {
  return byEnding.get(endingOf(name)) ?? 'other'
}
