/** Digits, letters and signs as keyboards for Japanese type them, in their narrow form. */
const narrow = (answer: string) => answer.normalize('NFKC').trim()

/** The position (from 0) that a number typed names; undefined: none of `count`. Nothing typed is `fallback`. */
export function pickOne(answer: string, count: number, fallback?: number): number | undefined {
  const typed = narrow(answer)
  if (typed === '') return fallback
  if (!/^\d+$/.test(typed)) return undefined
  const position = Number(typed) - 1
  return position >= 0 && position < count ? position : undefined
}

/** The positions that several numbers name, in order; undefined: one of them is none. Nothing typed is `fallback`. */
export function pickMany(answer: string, count: number, fallback: readonly number[]): readonly number[] | undefined {
  const typed = narrow(answer)
  if (typed === '') return fallback
  const positions = typed
    .split(/[\s,、]+/)
    .filter((part) => part !== '')
    .map((part) => pickOne(part, count))
  const known = positions.filter((position) => position !== undefined)
  return known.length === positions.length ? [...new Set(known)].toSorted((a, b) => a - b) : undefined
}

/** A yes or no; undefined: neither. Nothing typed is `fallback`. */
export function pickYes(answer: string, fallback: boolean): boolean | undefined {
  const typed = narrow(answer).toLowerCase()
  if (typed === '') return fallback
  if (/^(y|yes|はい)$/.test(typed)) return true
  return /^(n|no|いいえ)$/.test(typed) ? false : undefined
}

/** A path as people paste it: with quotes around it. */
export const pathTyped = (answer: string): string => answer.trim().replace(/^(["'])(.*)\1$/, '$2')
