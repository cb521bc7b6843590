import { formats } from '../formats.ts'

const { number: n, date } = formats.en

const files = (count: number) => `${n(count)} ${count === 1 ? 'file' : 'files'}`
/** Both forms: one to understand, one to compare. */
const size = (bytes: number, short: string) =>
  bytes < 1000 ? `${n(bytes)} ${bytes === 1 ? 'byte' : 'bytes'}` : `${short} (${n(bytes)} bytes)`

/** README.html, the page for a stranger in ten years. These are pieces of HTML: what is put into them is escaped already. */
export const readme = {
  own: 'English',
  title: 'About this archive',
  lead: (software: string, iso: string, held: string) =>
    `This folder holds a person’s files and other data, copied from online accounts by the program <em>${software}</em>. This page was written on ${date(iso)}; at that time the archive held ${held} in all.`,
  held: (count: number, bytes: number, short: string) => `${files(count)} with ${size(bytes, short)}`,
  free: 'Nothing here needs that program, or any account, or the internet',
  ordinary: ': these are ordinary files in ordinary folders. Look into <a href="data/"><code>data</code></a> first.',
  where: 'What is where',
  source: (count: number, bytes: number, short: string, kinds: readonly string[]) =>
    `${files(count)}, ${size(bytes, short)}${kinds.length === 0 ? '' : `: ${kinds.join(', ')}`}.`,
  more: 'More about each:',
  beside: 'Beside these',
  metadata:
    'What the files themselves do not say: where each came from, its original name, times, owner, with whom it was shared; and for what could not be saved, why. A file for each source with one line for each thing, in the form JSON; any text editor opens it. Files that end in <code>.places.jsonl</code> say the same of folders that were added here for order, and of files that were made out of others; <code>account.json</code> says whose data they are.',
  report: 'Where they are there: what was saved, what could not be, and why; for people, and for programs.',
  manifests: 'A checksum for every file, for finding damage; see below.',
  bag: 'Say that this folder is a <em>bag</em>, in the form that libraries and archives use: BagIt 1.0, RFC 8493.',
  notes:
    'The program’s own notes, with which it went on where it had stopped. Not needed for reading the archive, and not part of the bag.',
  names:
    'Some names differ a little from the original, so that every computer can hold them: <code>&lt; &gt; : " / \\ | ? * %</code> became the wide characters <code>＜ ＞ ： ＂ ／ ＼ ｜ ？ ＊ ％</code>, very long names were shortened, and of several things with one name all but one carry a few letters and digits in brackets. The original names stand in <code>metadata</code>. The times of the files are those of the originals.',
  open: 'How to open it',
  check: 'How to check it',
  checkLead:
    'Each line of <code>manifest-sha256.txt</code> names a file below <code>data</code> and its SHA-256 checksum; <code>tagmanifest-sha256.txt</code> does the same for the files beside <code>data</code>. A checksum is a number made of every byte of a file: if it is the same, so is the file. Open a terminal in this folder and let the computer compare them all.',
  systems: { linux: 'Linux', mac: 'macOS', windows: 'Windows (in PowerShell)' },
  checkAfter:
    'What is damaged or missing is named; nothing named, or <em lang="en">all is well</em>, means that every byte is as it was saved. Any program that validates BagIt bags does the same, and also finds files that were added.',
  keep: 'How to keep it',
  keepLead:
    'Copy the whole folder, not only <code>data</code>: without the checksums nobody can tell whether a copy is whole. Keep two copies on two disks in two places, and check them once a year.',
  count: (many: number, kind: { readonly one: string; readonly many: string }) =>
    `${n(many)} ${many === 1 ? kind.one : kind.many}`,
  /** What files of a kind are called, and what opens them on an ordinary computer, whatever its make. */
  kinds: {
    documents: {
      one: 'document',
      many: 'documents',
      opens: 'LibreOffice Writer, Microsoft Word, Apple Pages, and many others.',
    },
    sheets: {
      one: 'table',
      many: 'tables',
      opens: 'LibreOffice Calc, Microsoft Excel, Apple Numbers; csv and tsv also any text editor.',
    },
    slides: {
      one: 'set of slides',
      many: 'sets of slides',
      opens: 'LibreOffice Impress, Microsoft PowerPoint, Apple Keynote.',
    },
    pdf: { one: 'PDF document', many: 'PDF documents', opens: 'Any web browser.' },
    pictures: {
      one: 'picture',
      many: 'pictures',
      opens: 'Any picture viewer or web browser; heic on Apple’s systems, elsewhere VLC or GIMP.',
    },
    video: {
      one: 'video',
      many: 'videos',
      opens: 'VLC (videolan.org), or any web browser. A vtt file of the same name holds the words.',
    },
    sound: { one: 'sound recording', many: 'sound recordings', opens: 'VLC, or any web browser.' },
    mail: {
      one: 'mail message',
      many: 'mail messages',
      opens:
        'Each is one message as it was received, attachments inside: Thunderbird, Outlook, Apple Mail; double-click, or drag it into a mail folder. A text editor shows it too.',
    },
    contacts: {
      one: 'file of contacts',
      many: 'files of contacts',
      opens: 'Any address book, by Import; a text editor shows it too.',
    },
    calendars: {
      one: 'calendar or task list',
      many: 'calendars and task lists',
      opens: 'Any calendar program, by Import; a text editor shows it too.',
    },
    pages: {
      one: 'web page or link',
      many: 'web pages and links',
      opens: 'Any web browser; the pictures of a page lie beside it.',
    },
    text: {
      one: 'text',
      many: 'texts',
      opens: 'Any text editor or web browser; the encoding of what this program wrote is UTF-8.',
    },
    data: {
      one: 'data file',
      many: 'data files',
      opens: 'What a service knew of the thing, in a form for programs (JSON, XML); any text editor or web browser shows it.',
    },
    packed: { one: 'packed folder', many: 'packed folders', opens: 'Double-click, or 7-Zip (7-zip.org).' },
    other: {
      one: 'other file',
      many: 'other files',
      opens: 'The program that made it, or one that its ending names; a search for the ending finds one.',
    },
  },
}
