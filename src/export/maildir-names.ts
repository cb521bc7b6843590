import type { MailMessage } from './mail-plan.ts'

/** What stands between a message's name and its flags. */
export type Separator = ':' | ';'

type Named = Pick<MailMessage, 'key' | 'sha256' | 'received'>

const host = 'holdall'
const pattern = new RegExp(`^\\d+\\.([0-9a-f]{24})_[0-9a-f]{8}\\.${host}(?:[:;]2,[A-Za-z]*)?$`)

/**
 * The name of a message in `cur`, the same on every run: seconds, an id of its own and of its
 * content (so that other bytes are another file), flags in ASCII order (https://cr.yp.to/proto/maildir.html). What lies in the
 * bin gets no `T`: mail programs take that as leave to remove it for good.
 */
export function maildirName(message: Named & Pick<MailMessage, 'flags'>, separator: Separator): string {
  return `${uniqueName(message)}${separator}2,${maildirFlags(message.flags)}`
}

/** The same without flags, for `tmp`. */
export function uniqueName({ key, sha256, received }: Named): string {
  return `${Math.max(0, Math.floor(received / 1000))}.${key}_${sha256.slice(0, 8)}.${host}`
}

/** The key of the message that a file of ours holds; undefined for files of others. */
export function keyOf(name: string): string | undefined {
  return pattern.exec(name)?.[1]
}

function maildirFlags({ draft, flagged, answered, seen }: MailMessage['flags']): string {
  return `${draft ? 'D' : ''}${flagged ? 'F' : ''}${answered === true ? 'R' : ''}${seen ? 'S' : ''}`
}
