import { formats } from '../formats.ts'

const { number: n, size, time } = formats.en

const count = (many: number, one: string, several = `${one}s`) => `${n(many)} ${many === 1 ? one : several}`

interface Mailbox {
  readonly messages: number
  readonly bytes: number
  readonly files: number
  readonly format: 'mbox' | 'maildir'
}

/** What `verify`, `copy`, `export mail`, `practice` and `support` print. */
export const commands = {
  verify: {
    fine: (files: number, bytes: number, how: 'read' | 'looked-at') =>
      `Verified: ${n(files)} files, ${size(bytes)} ${how === 'read' ? 'read' : 'looked at (sizes and times)'}; everything is as it was saved.`,
    damage: (damaged: number, files: number) =>
      `Damage: ${n(damaged)} of ${n(files)} files and tag files are not as they were saved.`,
    withoutJournal: (files: number, bytes: number, damaged: number) =>
      `${damaged === 0 ? `All ${n(files)} files, ${size(bytes)}, are as the manifests have them` : `Damage: ${n(damaged)} of ${n(files)} files and tag files are not as the manifests have them`}; but the journal is lost. Next: holdall backup makes it anew, and takes again what is not right.`,
    retaken: (many: number) => `${n(many)} of them are taken again by the next holdall backup.`,
    earlier: (files: number, began: string) =>
      `Of the files, ${n(files)} were read in an interrupted pass begun at ${time(began)}; of these, size and time were looked at now.`,
    earlierDamaged: (damaged: number) => `${n(damaged)} were damaged, and named then.`,
    inside: (looked: number) => `Looked inside ${n(looked)} files: all seem to open`,
    insideClosed: (looked: number, closed: number) =>
      `Looked inside ${n(looked)} files: ${n(closed)} may not open (named above; their bytes are as they were saved)`,
    notLooked: (others: number) => `; ${n(others)} of other kinds were not`,
    stop: '.',
    between: ' ',
  },
  remote: {
    reasons: { missing: 'it is there and not in the archive', newer: 'it is newer there than in the archive' },
    missing: (path: string) => `missing: ${path}`,
    newer: (path: string) => `newer: ${path}`,
    more: (many: number, source: string) => `and ${n(many)} more in ${source}; --json names all`,
    notListed: (source: string) => `${source}: not listed`,
    noSuchSource: 'the settings have no such source any more',
    listed: (source: string, many: number, said: readonly string[]) =>
      `${source}: ${count(many, 'entry', 'entries')} listed again: ${said.join(', ')}.`,
    lacks: {
      missing: (many: number) => `${n(many)} missing in the archive`,
      newer: (many: number) => `${n(many)} newer there`,
      unsaved: (many: number) => `${n(many)} known and not saved yet (holdall status)`,
    },
    incomplete: 'not everything could be listed, see the messages',
    nothing: 'nothing is missing or newer there',
    gone: (many: number) => ` ${n(many)} are gone there; what was saved of them stays.`,
    next: ' Next: holdall backup',
  },
  copy: {
    parts: ({ copied, bytes, there, moved }: { copied: number; bytes: number; there: number; moved: number }) =>
      [
        `${count(copied, 'file')} copied (${size(bytes)})`,
        ...(there > 0 ? [`${n(there)} there already`] : []),
        ...(moved > 0 ? [`${n(moved)} renamed`] : []),
      ].join(', '),
    fine: (files: number, bytes: number, to: string, parts: string) =>
      `Copied: ${count(files, 'file')}, ${size(bytes)}, in ${to}: ${parts}; every one of them as it was saved.`,
    damaged: (damaged: number, to: string, parts: string) =>
      `Copied, but for ${n(damaged)} that are damaged in the archive (named above): ${parts}, in ${to}. Next: holdall backup, then the same copy again`,
    setAside: (many: number) =>
      `${count(many, 'file')} that the archive does not have (any more) were set aside in .holdall/strays of the copy.`,
    readAgain: (to: string) => `To read the copy once more: holdall verify --archive ${to}`,
  },
  exported: {
    result: (source: string, folder: string, { messages, bytes, files, format }: Mailbox) =>
      `${source}: ${count(messages, 'message')}, ${size(bytes)}, in ${format === 'mbox' ? count(files, 'mbox file') : count(files, 'Maildir folder')} in ${folder}`,
    damaged: (many: number) =>
      `${count(many, 'message')} left out: missing or damaged in the archive (named above). Next: holdall verify, then holdall backup`,
    unsaved: (many: number) => `${count(many, 'message')} not saved yet. Next: holdall backup, then the same export again`,
    undescribed: (many: number) => `${count(many, 'message')} without known labels and flags`,
  },
  support: {
    wrote: (file: string) =>
      `Wrote ${file}: no passwords, no tokens, no names of files, people or folders (names stand as #numbers).\nIt is plain text: look through it before you hand it on.`,
  },
  practice: {
    removed: 'The practice archive was removed again; holdall practice --keep DIR keeps it.',
    kept: (archive: string) => `The practice archive is in ${archive}: open README.html there.`,
    closing: (where: string) => `That was practice: a cloud on this machine, nothing real. ${where}

For your own accounts:
  holdall init              writes holdall.yaml, and says where to get a client id
  holdall connect ACCOUNT   signs in, once for each account
  holdall plan              how much there is, and whether your disk is large enough
  holdall backup            run it again until it says that it is complete
  holdall verify            reads everything again`,
  },
}
