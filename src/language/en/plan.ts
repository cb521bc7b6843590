import { formats } from '../formats.ts'

const { number: n, size } = formats.en

const files = (count: number) => (count === 1 ? '1 file' : `${n(count)} files`)

/** What `plan` prints, besides the forecast. */
export const plan = {
  headings: ['source', 'part', 'items', 'saved', 'to take', 'bytes to take', 'no export', 'left out'],
  nothingListed: 'Nothing could be listed: what is needed is not known.',
  needed: (bytes: number, most: number, free: number) =>
    `Needed on the disk: ${most > bytes ? `between ${size(bytes)} and ${size(most)}` : size(bytes)}. Free: ${size(free)}.`,
  sampled: (source: string, unsized: number, looked: number, how: 'asked' | 'saved', least: number, most: number) =>
    `${source}: the sizes of ${files(unsized)} are not known before. From a sample (${n(looked)} ${how === 'asked' ? 'asked for at the service' : 'that are saved already'}) they have between ${size(least)} and ${size(most)} together; that is an estimate.`,
  unknownSizes: (source: string, unsized: number) =>
    `${source}: the sizes of ${files(unsized)} are not known before, and there is nothing yet to estimate them from; they come on top.`,
  tooSmall: (missing: number) => `The disk is too small by ${size(missing)}: choose another one before you start.`,
  maybeTooSmall: (missing: number) => `The disk may be too small, by up to ${size(missing)}: a larger one is safer.`,
  largestFile: (bytes: number, system: string) => `Files above ${size(bytes)} do not fit on ${system}; there are none.`,
  tooLarge: (count: number, bytes: number, system: string) =>
    `${files(count)} ${count === 1 ? 'is' : 'are'} larger than ${size(bytes)}, which is all that ${system} can hold: choose a disk formatted as exFAT, NTFS, APFS or ext4. For example:`,
  thisFileSystem: 'this file system',
  longPaths: (folders: number, limit: number) =>
    `In ${folders === 1 ? '1 folder' : `${n(folders)} folders`} paths become longer than ${n(limit)} characters: Holdall writes them, but some Windows programs do not open them. An archive folder with a shorter path helps.`,
  renamed: (count: number) =>
    `${files(count)} or folders get another name in the archive, because theirs differ only in letter case or hold characters that not every system takes; the metadata keep the original.`,
  nothingDownloaded: 'Nothing was downloaded. Next: holdall backup',
  notTaken: 'Holdall takes none of the following, which your accounts may hold. How to get it by hand:',
  notTakenOf: (account: string, what: string) => `${account}: ${what}`,
  seen: (how: string) => `Holdall can see some of it: ${how}`,
  unseen: 'Holdall cannot see whether you have any.',
}
