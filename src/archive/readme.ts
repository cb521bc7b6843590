/** What the page says of one source. */
export interface ReadmeSource {
  /** ACCOUNT/SOURCE. */
  readonly source: string
  readonly files: number
  readonly bytes: number
}

/**
 * The page for a stranger in ten years: what is where, how to open it, how to check it, with nothing but what an ordinary computer has.
 * It refers to nothing outside itself.
 */
export function readme(about: {
  readonly sources: readonly ReadmeSource[]
  readonly files: number
  readonly bytes: number
  readonly software: string
  readonly date: Date
}): string {
  const rows = about.sources.map(
    ({ source, files, bytes }) =>
      `<tr><td><code>data/${plain(source)}/</code></td><td><code>metadata/${plain(source)}.jsonl</code></td><td class="n">${number(files)}</td><td class="n">${number(bytes)}</td></tr>`,
  )
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>About this archive</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff }
code, pre { font-family: ui-monospace, Consolas, monospace; font-size: 0.9em; background: #f2f2f2; overflow-wrap: anywhere }
pre { padding: 0.6rem; overflow-x: auto }
table { border-collapse: collapse; width: 100% }
th, td { border-bottom: 1px solid #ccc; padding: 0.3rem 0.6rem 0.3rem 0; text-align: left; vertical-align: top }
.n { text-align: right; white-space: nowrap }
</style>
</head>
<body>
<h1>About this archive</h1>
<p>This folder holds a person's files and other data, copied from online accounts by the program <em>${plain(about.software)}</em>.
This page was written on ${about.date.toISOString().slice(0, 10)}; at that time the archive held ${number(about.files)} files with ${number(about.bytes)} bytes in all.
Nothing here needs that program, or any account: these are ordinary files in ordinary folders.</p>

<h2>What is where</h2>
<table>
<thead><tr><th>Files</th><th>What is known of each</th><th class="n">Number of files</th><th class="n">Bytes</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
<table>
<tbody>
<tr><td><code>data/</code></td><td>What was saved: a folder for each account, in it one for each kind of data, in it the files under the names that the person knew.</td></tr>
<tr><td><code>metadata/</code></td><td>What the files themselves do not say: where each came from, its original name, times, owner, with whom it was shared, and for what could not be saved, why.
One line for each thing, in the form JSON; any text editor opens it.</td></tr>
<tr><td><code>report.html</code></td><td>Where it is there: what was saved, and what could not be, and why.</td></tr>
<tr><td><code>manifest-sha256.txt</code>, <code>tagmanifest-sha256.txt</code></td><td>A checksum for every file, for finding damage.</td></tr>
<tr><td><code>bagit.txt</code>, <code>bag-info.txt</code></td><td>Say that this folder is a <em>bag</em>, in the form that libraries and archives use: BagIt 1.0, RFC 8493.</td></tr>
<tr><td><code>.holdall/</code></td><td>The program's own notes, with which it went on where it had stopped. Not needed for reading the archive, and not part of the bag.</td></tr>
</tbody>
</table>
<p>Some names differ a little from the original, so that every computer can hold them: <code>&lt; &gt; : " / \\ | ? * %</code> became the wide characters
<code>＜ ＞ ： ＂ ／ ＼ ｜ ？ ＊ ％</code>, very long names were shortened, and of several things with one name all but one carry a few letters and digits in brackets.
The original names stand in <code>metadata/</code>. The times of the files are those of the originals.</p>

<h2>How to open it</h2>
<table>
<tbody>
<tr><td><code>.docx .xlsx .pptx</code>, <code>.odt .ods .odp</code></td><td>Documents, tables and slides: LibreOffice, Word, Excel, PowerPoint, and many others.</td></tr>
<tr><td><code>.pdf</code></td><td>Any web browser.</td></tr>
<tr><td><code>.html .txt .csv .json .jsonl .md .svg</code></td><td>Any web browser or text editor (encoding UTF-8).</td></tr>
<tr><td><code>.eml</code></td><td>A mail message as it was received: Thunderbird, Outlook, Apple Mail.</td></tr>
<tr><td><code>.vcf</code></td><td>Contacts (vCard): any address book.</td></tr>
<tr><td><code>.ics</code></td><td>Calendars and tasks (iCalendar): any calendar.</td></tr>
<tr><td><code>.mp4 .m4a .mp3 .vtt</code></td><td>Pictures in motion, sound, and what was said as text: VLC, or any web browser.</td></tr>
</tbody>
</table>

<h2>How to check it</h2>
<p>Each line of <code>manifest-sha256.txt</code> names a file below <code>data/</code> and its SHA-256 checksum; <code>tagmanifest-sha256.txt</code> does the same for the files beside
<code>data/</code>. Open a terminal in this folder and compare them with the files. On Linux:</p>
<pre>sha256sum --quiet -c manifest-sha256.txt &amp;&amp; sha256sum --quiet -c tagmanifest-sha256.txt &amp;&amp; echo all is well</pre>
<p>On a Mac:</p>
<pre>shasum -a 256 -c manifest-sha256.txt | grep -v ': OK$'; shasum -a 256 -c tagmanifest-sha256.txt | grep -v ': OK$'</pre>
<p>On Windows, in PowerShell:</p>
<pre>Get-Content -Encoding UTF8 manifest-sha256.txt, tagmanifest-sha256.txt | ForEach-Object {
  $sum, $path = $_ -split '  ', 2
  if ((Get-FileHash -Algorithm SHA256 -LiteralPath $path).Hash -ne $sum) { "damaged: $path" }
}</pre>
<p>What is damaged or missing is named. Any program that validates BagIt bags does the same, and also finds files that were added.</p>
</body>
</html>
`
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}

function plain(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
