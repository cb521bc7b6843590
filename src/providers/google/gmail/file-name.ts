/**
 * The longest name that every place can hold without being shortened, which would cut the id off its end: UTF-16 units, and bytes in UTF-8,
 * where characters that Windows forbids count three, as their full-width forms that may stand for them.
 */
const longest = { units: 120, bytes: 230 }

/** Where a message is saved: the month in which Gmail took it in, and a name by which it is found. All times are UTC. */
export interface MailPlace {
  readonly path: readonly string[]
  readonly name: string
  /** Milliseconds since 1970. */
  readonly modified?: number
}

/** `received` in milliseconds since 1970, which imported mail may have before that, or as nonsense. */
export function mailPlace({
  id,
  received,
  subject,
}: {
  readonly id: string
  readonly received: number | undefined
  readonly subject: string | undefined
}): MailPlace {
  const time = received === undefined ? undefined : timeOf(received)
  const end = ` ${id}.eml`
  const start = time === undefined ? 'no date' : `${time.day} ${time.clock}`
  const title = shorten(subject?.trim() || '(no subject)', {
    units: longest.units - start.length - 1 - end.length,
    bytes: longest.bytes - start.length - 1 - end.length,
  })
  const name = `${start} ${title}${end}`
  return time === undefined ? { path: ['no date'], name } : { path: [time.year, time.month], name, modified: time.at }
}

function timeOf(received: number) {
  const date = new Date(received)
  // Years of four digits, which sort and which every file system takes.
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1000 || date.getUTCFullYear() > 9999) return undefined
  const [day = '', clock = ''] = date.toISOString().split('T')
  const [year = '', month = ''] = day.split('-')
  return { day, year, month, clock: clock.slice(0, 5).replace(':', ''), at: received }
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** As much of the beginning as fits, whole characters as a person sees them, with an ellipsis where something was left out. */
function shorten(text: string, { units, bytes }: { readonly units: number; readonly bytes: number }): string {
  const plain = text.normalize('NFC')
  if (plain.length <= units && bytesOf(plain) <= bytes) return plain
  let kept = ''
  let size = bytesOf('…')
  for (const { segment } of segmenter.segment(plain.slice(0, units))) {
    size += bytesOf(segment)
    if (size > bytes || kept.length + segment.length + 1 > units) break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}

const bytesOf = (text: string): number => Buffer.byteLength(text.replace(/[<>:"/\\|?*%]/g, '？'))
