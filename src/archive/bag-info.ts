/** Content of `bagit.txt`: exactly these two lines (RFC 8493 2.1.1). */
export const bagDeclaration = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'

/**
 * Content of `bag-info.txt` (RFC 8493 2.2.2). Values are kept on one line, since readers differ in how they join folded ones; a line break in a value
 * becomes a blank.
 */
export function bagInfo(info: {
  readonly files: number
  readonly bytes: number
  readonly date: Date
  /** Name, version and address of the program. */
  readonly software: string
  /** Further labels and values, e.g. External-Description. */
  readonly more: Readonly<Record<string, string>>
}): string {
  const fields = {
    ...info.more,
    'Bag-Software-Agent': info.software,
    'Bagging-Date': info.date.toISOString().slice(0, 10),
    'Bag-Size': humanSize(info.bytes),
    'Payload-Oxum': `${info.bytes}.${info.files}`,
  }
  return Object.entries(fields)
    .map(([label, value]) => `${oneLine(label).replaceAll(':', '')}: ${oneLine(value)}\n`)
    .join('')
}

function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim()
}

const units = ['bytes', 'KB', 'MB', 'GB', 'TB', 'PB']

/** In powers of 1000, as the examples of the standard have it: `42.6 GB`. */
function humanSize(bytes: number): string {
  let [value, unit] = [bytes, 0]
  while (value >= 999.95 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1]
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`
}
