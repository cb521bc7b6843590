import { checkCommands } from './check-commands.ts'
import { endings, type FileKind, fileKinds } from './file-kinds.ts'

/** What the page says of one source. */
export interface ReadmeSource {
  /** ACCOUNT/SOURCE. */
  readonly source: string
  readonly files: number
  readonly bytes: number
  /** How many of the files are of each kind. */
  readonly kinds: ReadonlyMap<FileKind, number>
}

export interface ReadmeFacts {
  readonly sources: readonly ReadmeSource[]
  readonly files: number
  readonly bytes: number
  readonly software: string
  readonly date: Date
}

/** What files of a kind are called, and what opens them on an ordinary computer, whatever its make. */
const kinds: Readonly<Record<FileKind, { readonly one: string; readonly many: string; readonly opens: string }>> = {
  documents: { one: 'document', many: 'documents', opens: 'LibreOffice Writer, Microsoft Word, Apple Pages, and many others.' },
  sheets: {
    one: 'table',
    many: 'tables',
    opens: 'LibreOffice Calc, Microsoft Excel, Apple Numbers; csv and tsv also any text editor.',
  },
  slides: { one: 'set of slides', many: 'sets of slides', opens: 'LibreOffice Impress, Microsoft PowerPoint, Apple Keynote.' },
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
}

const style = `
:root { color-scheme: light; --page: #fff; --text: #1b1c1f; --soft: #565c67; --line: #d5d8de; --code: #f1f2f5; --link: #0b57c2 }
@media screen and (prefers-color-scheme: dark) { :root { color-scheme: dark; --page: #14161a; --text: #e9ebef; --soft: #a8afbb; --line: #363b45; --code: #22262d; --link: #8ab8ff } }
body { font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; color: var(--text); background: var(--page); overflow-wrap: anywhere }
h1 { line-height: 1.2 } h2 { margin: 2.2rem 0 0.5rem; line-height: 1.3 } h3 { margin: 1.2rem 0 0.2rem; font-size: 1.05rem }
a { color: var(--link) } p { margin: 0.5rem 0 } .soft { color: var(--soft) }
code, pre { font-family: ui-monospace, 'Cascadia Mono', Consolas, 'Liberation Mono', monospace; font-size: 0.9em; background: var(--code); border-radius: 0.2rem }
code { padding: 0.05em 0.25em } a code { color: inherit }
pre { padding: 0.6rem 0.8rem; white-space: pre-wrap }
dl { margin: 0.5rem 0 } dt { margin-top: 0.8rem } dd { margin: 0 }
@media print { @page { margin: 18mm } body { font-size: 10pt; max-width: none; margin: 0; padding: 0 } h2, h3, dt { break-after: avoid } dd, pre { break-inside: avoid } a { color: inherit } }
`

/**
 * The page for a stranger in ten years: what is where, how to open it, how to check it, with nothing but what an ordinary computer has.
 * It refers to nothing outside the archive.
 */
export function readme({ sources, files, bytes, software, date }: ReadmeFacts): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>About this archive</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>About this archive</h1>
<p>This folder holds a person’s files and other data, copied from online accounts by the program <em>${plain(software)}</em>.
This page was written on ${date.toISOString().slice(0, 10)}; at that time the archive held ${count(files, 'file')} with ${size(bytes)} in all.
<strong>Nothing here needs that program, or any account, or the internet</strong>: these are ordinary files in ordinary folders. Look into <a href="data/"><code>data</code></a> first.</p>

<h2>What is where</h2>
${sources.map(ofSource).join('')}<h3>Beside these</h3>
<dl>
<dt><a href="metadata/"><code>metadata/</code></a></dt><dd>What the files themselves do not say: where each came from, its original name, times, owner, with whom it was shared; and for what could not be saved, why.
A file for each source with one line for each thing, in the form JSON; any text editor opens it.</dd>
<dt><code>report.html</code>, <code>report.json</code></dt><dd>Where they are there: what was saved, what could not be, and why; for people, and for programs.</dd>
<dt><code>manifest-sha256.txt</code>, <code>tagmanifest-sha256.txt</code></dt><dd>A checksum for every file, for finding damage; see below.</dd>
<dt><code>bagit.txt</code>, <code>bag-info.txt</code></dt><dd>Say that this folder is a <em>bag</em>, in the form that libraries and archives use: BagIt 1.0, RFC 8493.</dd>
<dt><code>.holdall/</code></dt><dd>The program’s own notes, with which it went on where it had stopped. Not needed for reading the archive, and not part of the bag.</dd>
</dl>
<p>Some names differ a little from the original, so that every computer can hold them: <code>&lt; &gt; : " / \\ | ? * %</code> became the wide characters
<code>＜ ＞ ： ＂ ／ ＼ ｜ ？ ＊ ％</code>, very long names were shortened, and of several things with one name all but one carry a few letters and digits in brackets.
The original names stand in <code>metadata</code>. The times of the files are those of the originals.</p>

<h2>How to open it</h2>
<dl>
${howToOpen(sources)}</dl>

<h2>How to check it</h2>
<p>Each line of <code>manifest-sha256.txt</code> names a file below <code>data</code> and its SHA-256 checksum; <code>tagmanifest-sha256.txt</code> does the same for the files beside
<code>data</code>. A checksum is a number made of every byte of a file: if it is the same, so is the file. Open a terminal in this folder and let the computer compare them all.</p>
<h3>Linux</h3>
<pre>${plain(checkCommands.linux)}</pre>
<h3>macOS</h3>
<pre>${plain(checkCommands.mac)}</pre>
<h3>Windows (in PowerShell)</h3>
<pre>${plain(checkCommands.windows)}</pre>
<p>What is damaged or missing is named; nothing named, or <em>all is well</em>, means that every byte is as it was saved. Any program that validates BagIt bags does the same, and also
finds files that were added.</p>

<h2>How to keep it</h2>
<p>Copy the whole folder, not only <code>data</code>: without the checksums nobody can tell whether a copy is whole. Keep two copies on two disks in two places, and check them once a year.</p>
</main>
</body>
</html>
`
}

function ofSource({ source, files, bytes, kinds: counts }: ReadmeSource): string {
  const there = fileKinds.flatMap((kind) => {
    const many = counts.get(kind) ?? 0
    return many === 0 ? [] : [`${number(many)} ${many === 1 ? kinds[kind].one : kinds[kind].many}`]
  })
  return `<h3><a href="${address(`data/${source}/`)}"><code>data/${plain(source)}/</code></a></h3>
<p>${count(files, 'file')}, ${size(bytes)}${there.length === 0 ? '' : `: ${there.join(', ')}`}. <span class="soft">More about each: <a href="${address(`metadata/${source}.jsonl`)}"><code>metadata/${plain(source)}.jsonl</code></a></span></p>
`
}

/** Of the kinds that are here; a page about what is not would only be longer. */
function howToOpen(sources: readonly ReadmeSource[]): string {
  const here = fileKinds.filter((kind) => sources.some((source) => (source.kinds.get(kind) ?? 0) > 0))
  return here
    .map((kind) => {
      const { many, opens } = kinds[kind]
      const ends = kind === 'other' ? '' : `: <code>${endings[kind].map((ending) => `.${ending}`).join(' ')}</code>`
      return `<dt><strong>${many.charAt(0).toUpperCase()}${many.slice(1)}</strong>${ends}</dt><dd>${opens}</dd>\n`
    })
    .join('')
}

function count(value: number, what: string): string {
  return `${number(value)} ${what}${value === 1 ? '' : 's'}`
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}

/** Both forms: one to understand, one to compare. */
function size(bytes: number): string {
  const units = ['kB', 'MB', 'GB', 'TB', 'PB']
  let [value, unit] = [bytes / 1000, 0]
  while (unit < units.length - 1 && value >= 999.95) [value, unit] = [value / 1000, unit + 1]
  return bytes < 1000 ? count(bytes, 'byte') : `${value.toFixed(1)} ${units[unit]} (${number(bytes)} bytes)`
}

/** A path within the archive, for a link. */
function address(path: string): string {
  return path.toWellFormed().split('/').map(encodeURIComponent).join('/').replaceAll("'", '%27')
}

function plain(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
