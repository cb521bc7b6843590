import { createHash } from 'node:crypto'

/**
 * Ids of personal drives, and the first part of their items' ids, are a number in hexadecimal that the service writes with or without leading zeros and in
 * either letter case: https://github.com/OneDrive/onedrive-api-docs/issues/1890 and /1902. All other ids are exact;
 * those of other drives begin with `b!`, which is why a few digits are no number.
 */
const personal = /^([0-9a-f]{8,16})(!.*)?$/i

/** An id in the one form in which ids are compared. */
export function sameForm(id: string): string {
  const found = personal.exec(id)
  return found === null ? id : `${found[1]!.toLowerCase().padStart(16, '0')}${found[2] ?? ''}`
}

/** Where to ask for something, in the form in which the service named it last. */
export interface Target {
  readonly drive: string
  readonly id: string
}

/** Equal for two ways to the same thing. */
export const targetKey = ({ drive, id }: Target): string => `${sameForm(drive)}/${sameForm(id)}`

/** Short, stable name of the stream of something shared; item ids are unique within a drive only, so it also stands before the ids of what it holds. */
export const streamOf = (target: Target): string =>
  `shared:${createHash('sha256').update(targetKey(target)).digest('hex').slice(0, 16)}`

/** What kind of drive an id is of, as far as it tells: those of personal drives are numbers, all others begin with `b!`. */
export const driveTypeOf = (drive: string): string | undefined => (/^[0-9a-f]{8,16}$/i.test(drive) ? 'personal' : undefined)
