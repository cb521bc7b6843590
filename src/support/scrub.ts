import { createHash } from 'node:crypto'

/** What stands for something that is nobody's business. */
export const withheld = '…'

/** Words that must not stand in a text, whatever it is: passwords, secrets, the names of person and computer. */
export interface Private {
  /** Struck out wherever they stand, however short. */
  readonly secrets: readonly string[]
  /** Struck out as whole words. */
  readonly names: readonly string[]
}

/**
 * Takes out of a sentence for people what tells of a person: everything in quotation marks (names of files stand so), addresses but for their host,
 * paths, mail addresses, long runs of letters and digits that may be tokens, and what `known` names.
 */
export function scrub(text: string, known: Private): string {
  const plain = text
    .replace(/\b([a-z][a-z0-9+.-]*):\/\/[^\s"'<>]+/gi, (address, scheme: string) => {
      const host = URL.canParse(address) ? new URL(address).host : ''
      return `${scheme}://${host}/${withheld}`
    })
    // From the first to the last: a name may hold quotation marks of its own.
    .replace(/"[^\n]*"|“[^\n]*”|‘[^\n]*’|«[^\n]*»/g, `"${withheld}"`)
    .replace(/[^\s@<>()[\],;:]+@[^\s@<>()[\],;:]+\.[^\s@<>()[\],;:]+/g, `${withheld}@${withheld}`)
    .replace(/\b(Bearer|Basic|Digest)\s+[^\s,;]+/gi, `$1 ${withheld}`)
    .replace(
      /\b(password|passwd|passcode|pwd|secret|client_secret|token|access_token|refresh_token|code|sig|signature)(\s*[=:]\s*)[^\s,;&]+/gi,
      `$1$2${withheld}`,
    )
    .replace(/(^|[\s(=:])(?:[A-Za-z]:\\|\\\\|~?\/(?!\/))[^\n]*?(?=: |, |; |\)|$)/gm, `$1${withheld}`)
    .replace(/(^|[\s(=:])(?:data|metadata|\.holdall)\/[^\n]*?(?=: | \(|, |; |\)|$)/gm, `$1${withheld}`)
    .replace(/[\w~+/=.-]{32,}/g, withheld)
  return strike(plain, known)
}

/** Only what `known` names: for texts of a known form. */
export function strike(text: string, { secrets, names }: Private): string {
  let result = text
  for (const secret of longestFirst(secrets))
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
      result = result.replaceAll(form, withheld)
  for (const name of longestFirst(names))
    result = result.replace(new RegExp(`(?<![\\p{L}\\p{N}])${escaped(name)}(?![\\p{L}\\p{N}])`, 'giu'), withheld)
  return result
}

const longestFirst = (words: readonly string[]) =>
  [...new Set(words)].filter((word) => word !== '').toSorted((a, b) => b.length - a.length)

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** The same for the same name and no way back to it, with the kind of file left to see: `#3fa9c1d2.docx`. */
export function alias(name: string): string {
  const digits = createHash('sha256').update(name).digest('hex').slice(0, 8)
  const ending = /\.[A-Za-z0-9]{1,5}$/.exec(name)?.[0] ?? ''
  return `#${digits}${ending.toLowerCase()}`
}
