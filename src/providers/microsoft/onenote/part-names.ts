import { createHash } from 'node:crypto'

/** Bytes of the title, and of an attachment's own name, in the form of Unicode that takes most. Together with the rest below what any disk holds. */
const longest = { title: 90, file: 90, units: 48 } as const

/**
 * Names for the files that belong to a page and that it refers to: `TITLE (DIGITS) picture 1.png`, flat beside `TITLE.html`, since the parts of an item
 * share a folder. The page is composed before its files have their local names, so these are made to be local names as they are: of letters, digits and
 * a few signs that every system takes, short, and with digits from the page's id, so that no other page of the folder claims the same. Each call
 * gives another name.
 */
export function partNames(page: { readonly id: string; readonly title: string }): {
  own(what: string): string
  picture(type: string | undefined): string
  attachment(name: string | undefined, type: string | undefined): string
} {
  const digits = createHash('sha256').update(page.id).digest('hex').slice(0, 8)
  const stem = plain(page.title, longest.title)
  const prefix = `${stem === '' ? '' : `${stem} `}(${digits})`
  const taken = new Set<string>()
  let pictures = 0

  function take(base: string, ending: string): string {
    for (let number = 1; ; number++) {
      const name = `${prefix} ${base}${number === 1 ? '' : ` ${number}`}${ending}`
      const key = name.normalize('NFKD').toUpperCase()
      if (taken.has(key)) continue
      taken.add(key)
      return name
    }
  }

  return {
    own: (what) => `${prefix} ${what}`,
    picture: (type) => take(`picture ${++pictures}`, extensions[mediaType(type)] ?? '.img'),
    attachment(name = '', type) {
      const [, base = name, ending = ''] = /^(.+)\.([A-Za-z0-9]{1,12})$/s.exec(name.trim()) ?? []
      const kept = plain(base, longest.file)
      return take(kept === '' ? 'file' : kept, ending === '' ? (extensions[mediaType(type)] ?? '') : `.${ending}`)
    },
  }
}

/** Whether a name is one of `picture`. */
export const isPicture = (name: string): boolean => / picture \d+(?: \d+)?\.\w+$/.test(name)

/** Letters, digits and a few signs; no dot, which makes names special on Windows. */
function plain(text: string, bytes: number): string {
  const words = text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}\p{M} _,()'&+=-]+/gu, ' ')
    .replace(/\p{Default_Ignorable_Code_Point}+/gu, '')
    .replace(/ +/g, ' ')
    .trim()
  let kept = ''
  for (const character of words) {
    const next = (kept + character).normalize('NFC')
    if (next.length > longest.units || Buffer.byteLength(next.normalize('NFD')) > bytes) break
    kept = next
  }
  return kept.trim()
}

const mediaType = (type = '') => type.split(';')[0]!.trim().toLowerCase()

/** Endings by media type, for what a page shows and may have attached without a name of its own. */
const extensions: Readonly<Record<string, string>> = {
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'image/jpg': '.jpg',
  'image/gif': '.gif',
  'image/bmp': '.bmp',
  'image/tiff': '.tif',
  'image/svg+xml': '.svg',
  'image/webp': '.webp',
  'application/pdf': '.pdf',
  'audio/x-ms-wma': '.wma',
  'audio/mpeg': '.mp3',
  'audio/mp4': '.m4a',
  'video/mp4': '.mp4',
  'video/x-ms-wmv': '.wmv',
  'text/plain': '.txt',
}
