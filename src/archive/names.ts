import { createHash } from 'node:crypto'

/**
 * The longest component. NTFS, exFAT and FAT hold 255 UTF-16 units and ext4 255 *bytes*; half of the former leaves room in the 260 units
 * that a whole path may have for Windows programs other than ours, and 240 bytes leave room for the suffixes of copies and temporary files.
 * https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file, https://learn.microsoft.com/en-us/windows/win32/fileio/filesystem-functionality-comparison
 */
const longest = { units: 120, bytes: 240 }

/** What Windows forbids, and `%`, which BagIt readers disagree about (RFC 8493 2.1.3); full-width forms look the same and mean nothing. */
const forbidden = /[<>:"/\\|?*%]/g
/** U+0085, U+2028 and U+2029 too: some readers of a manifest take them for the end of a line. */
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g
/** Only the last extension counts, and `.tar` before it; what is longer or holds blanks is part of a sentence. */
const extension = /^(.+?)((?:\.tar)?\.[\p{L}\p{N}_+~-]{1,16})$/su
/** With any extension, and with blanks before it; the superscript digits and the consoles count as well. */
const device = /^((?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *)(\..*)?$/is

/**
 * The local name of an item named `name`: the original wherever Windows, macOS and Linux can all hold it and every BagIt tool and
 * `sha256sum -c` can read it in a manifest; otherwise the least changed name that they can. Always in Unicode's form C.
 * `portable(portable(x)) === portable(x)`. Bidirectional controls stay: every system holds them, and displays take them out.
 */
export function portable(name: string): string {
  let result = name
  for (;;) {
    const next = shorten(withoutDevice(withoutForbidden(result)))
    if (next === result) return result
    result = next
  }
}

function withoutForbidden(name: string): string {
  const plain = name
    .toWellFormed()
    .normalize('NFC')
    .replace(/\p{Noncharacter_Code_Point}/gu, '\ufffd')
    .replace(forbidden, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0))
    .replace(controls, picture)
    .replace(/^\s+|\s+$/gu, '')
    .replace(/\.$/, '\uff0e')
  // HFS+ and case-folding ext4 see nothing at all in such a name.
  return /^\p{Default_Ignorable_Code_Point}*$/u.test(plain) ? '_' : plain
}

/** Unicode's pictures of control characters, where there is one. */
function picture(control: string): string {
  const code = control.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  if (code === 0x7f) return '\u2421'
  return code < 0xa0 ? '_' : '\u2424'
}

function withoutDevice(name: string): string {
  const [, base, rest = ''] = device.exec(name) ?? []
  return base === undefined ? name : `${base}_${rest}`
}

function fits(name: string): boolean {
  return (
    name.length <= longest.units &&
    Buffer.byteLength(name) <= longest.bytes &&
    Buffer.byteLength(name.normalize('NFD')) <= longest.bytes
  )
}

function shorten(name: string): string {
  if (fits(name)) return name
  const [stem, ending] = split(name)
  return join(stem, '', ending)
}

function split(name: string): [stem: string, ending: string] {
  const [, stem, ending] = extension.exec(name) ?? []
  return stem === undefined || ending === undefined ? [name, ''] : [stem, ending]
}

/** `stem` + `suffix` + `ending`, with the stem cut as far as needed: between graphemes, unless one alone is too long. */
function join(stem: string, suffix: string, ending: string): string {
  const tail = suffix + ending
  if (fits(stem + tail)) return stem + tail
  // A boundary depends on one code point after it, so that a little more than the limit is all that must be looked at.
  const head = stem.slice(0, longest.units + 8).toWellFormed()
  const whole = cut(
    [...graphemes.segment(head)].map(({ segment }) => segment),
    tail,
  )
  const kept = (whole === '' ? cut([...head], tail) : whole).replace(/[\s.]+$/u, '')
  return (kept === '' ? '_' : kept) + tail
}

function cut(pieces: readonly string[], tail: string): string {
  let kept = ''
  for (const piece of pieces) {
    if (!fits(kept + piece + tail)) break
    kept += piece
  }
  return kept
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * The key under which names collide: equal for any two names that NTFS, exFAT, APFS, HFS+ or a case-folding ext4 could take for the same.
 * Coarser than each of them (`ß` and `SS` are one, characters without appearance count for nothing): a suffix too many harms nobody.
 */
export function fold(local: string): string {
  return local
    .normalize('NFD')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase()
    .toUpperCase()
    .replace(/[\u10a0-\u10c5]/g, (capital) => String.fromCharCode(capital.charCodeAt(0) - 0x10a0 + 0x1c90)) // HFS+ pairs Georgian so
    .normalize('NFC')
}

/** One that wants a local name in a folder. */
export interface Sibling {
  /** Stable, and unique within the folder; the suffix is made from it. */
  readonly id: string
  /** As the provider has it. */
  readonly name: string
  /** Not gone at the source. */
  readonly living: boolean
  readonly folder: boolean
}

/**
 * Local names by id for siblings whose `fold(portable(name))` is one and the same. One of them takes the plain name: a living one before
 * one that is gone, a folder before a file, then the smallest id. The others get a suffix from their id, before the extension.
 * `isPlain` says whether some sibling, of any group, has that fold as its own. A function of the set: the order does not matter.
 */
export function placeGroup(group: readonly Sibling[], isPlain: (fold: string) => boolean): Map<string, string> {
  const names = new Map<string, string>()
  const taken = new Set<string>()
  for (const sibling of [...group].sort(precedence)) {
    const plain = portable(sibling.name)
    const name = names.size === 0 ? plain : firstFree(sibling, plain, (key) => isPlain(key) || taken.has(key))
    taken.add(fold(name))
    names.set(sibling.id, name)
  }
  return names
}

/** Local names by id for all the siblings of one folder. */
export function placeSiblings(siblings: Iterable<Sibling>): Map<string, string> {
  const groups = new Map<string, Sibling[]>()
  for (const sibling of siblings) {
    const key = fold(portable(sibling.name))
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [sibling])
    else group.push(sibling)
  }
  const names = new Map<string, string>()
  for (const group of groups.values()) {
    for (const [id, name] of placeGroup(group, (key) => groups.has(key))) names.set(id, name)
  }
  return names
}

function precedence(a: Sibling, b: Sibling): number {
  if (a.living !== b.living) return a.living ? -1 : 1
  if (a.folder !== b.folder) return a.folder ? -1 : 1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

function firstFree(sibling: Sibling, plain: string, isTaken: (fold: string) => boolean): string {
  for (let attempt = 0; ; attempt++) {
    const candidate = suffixed(sibling, plain, attempt)
    if (!isTaken(fold(candidate))) return candidate
  }
}

/**
 * Eight digits tell the members of a group apart; another group's names differ in what stands before them. Where that had to be cut off, two groups
 * may have the same left, and the digits alone keep them apart: so many that nobody can find two ids with the same ones.
 */
function suffixed(sibling: Sibling, plain: string, attempt: number): string {
  const digits = createHash('sha256')
    .update(attempt === 0 ? sibling.id : `${sibling.id}\0${attempt}`)
    .digest('hex')
  const [stem, ending] = sibling.folder ? [plain, ''] : split(plain)
  const short = `${stem} (${digits.slice(0, attempt === 0 ? 8 : 16)})${ending}`
  return fits(short) ? short : join(stem, ` (${digits.slice(0, 32)})`, ending)
}
