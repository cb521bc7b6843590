import { languages } from '../core/language.ts'
import { type Words, wordsOf } from '../language/words.ts'
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

const style = `
:root { color-scheme: light; --page: #fff; --text: #1b1c1f; --soft: #565c67; --line: #d5d8de; --code: #f1f2f5; --link: #0b57c2 }
@media screen and (prefers-color-scheme: dark) { :root { color-scheme: dark; --page: #14161a; --text: #e9ebef; --soft: #a8afbb; --line: #363b45; --code: #22262d; --link: #8ab8ff } }
body { font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; color: var(--text); background: var(--page); overflow-wrap: anywhere }
nav { text-align: right } nav a { margin-left: 1rem } hr { margin: 3rem 0; border: 0; border-top: 1px solid var(--line) }
:lang(ja) { font-family: 'Hiragino Sans', 'Yu Gothic UI', 'Yu Gothic', 'Noto Sans CJK JP', 'Noto Sans JP', sans-serif; line-break: strict }
article:lang(ja) { line-height: 1.75 } h1, h2, h3 { word-break: auto-phrase }
h1 { line-height: 1.2 } h2 { margin: 2.2rem 0 0.5rem; line-height: 1.3 } h3 { margin: 1.2rem 0 0.2rem; font-size: 1.05rem }
a { color: var(--link) } p { margin: 0.5rem 0 } .soft { color: var(--soft) }
code, pre, code:lang(ja), pre:lang(ja) { font-family: ui-monospace, 'Cascadia Mono', Consolas, 'Liberation Mono', monospace; font-size: 0.9em; background: var(--code); border-radius: 0.2rem }
code { padding: 0.05em 0.25em } a code { color: inherit }
pre { padding: 0.6rem 0.8rem; white-space: pre-wrap }
dl { margin: 0.5rem 0 } dt { margin-top: 0.8rem } dd { margin: 0 }
@media print { @page { margin: 18mm } nav { display: none } hr { break-after: page; visibility: hidden; margin: 0 } body { font-size: 10pt; max-width: none; margin: 0; padding: 0 } h2, h3, dt { break-after: avoid } dd, pre { break-inside: avoid } a { color: inherit } }
`

/**
 * The page for a stranger in ten years: what is where, how to open it, how to check it, with nothing but what an ordinary computer has. In every language
 * that the program has, one below the other, whichever the person's own is: nobody knows who will read it. It refers to nothing outside the archive.
 */
export function readme(facts: ReadmeFacts): string {
  const all = languages.map((language) => wordsOf(language))
  return `<!DOCTYPE html>
<html lang="${all[0]!.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${all.map((words) => words.readme.title).join(' / ')}</title>
<style>${style}</style>
</head>
<body>
<nav>${all.map(({ language, readme: { own } }) => `<a href="#${language}" lang="${language}" hreflang="${language}">${own}</a>`).join(' ')}</nav>
<main>
${all.map((words) => inOne(facts, words)).join('<hr>\n')}</main>
</body>
</html>
`
}

function inOne({ sources, files, bytes, software, date }: ReadmeFacts, { language, format, readme: words }: Words): string {
  const command = (system: keyof typeof checkCommands) => `<h3>${words.systems[system]}</h3>
<pre>${plain(checkCommands[system])}</pre>
`
  return `<article lang="${language}" id="${language}">
<h1>${words.title}</h1>
<p>${words.lead(plain(software), date.toISOString(), words.held(files, bytes, format.size(bytes)))}
<strong>${words.free}</strong>${words.ordinary}</p>

<h2>${words.where}</h2>
${sources.map((source) => ofSource(source, format, words)).join('')}<h3>${words.beside}</h3>
<dl>
<dt><a href="metadata/"><code>metadata/</code></a></dt><dd>${words.metadata}</dd>
<dt><code>report.html</code>, <code>report.json</code></dt><dd>${words.report}</dd>
<dt><code>manifest-sha256.txt</code>, <code>tagmanifest-sha256.txt</code></dt><dd>${words.manifests}</dd>
<dt><code>bagit.txt</code>, <code>bag-info.txt</code></dt><dd>${words.bag}</dd>
<dt><code>.holdall/</code></dt><dd>${words.notes}</dd>
</dl>
<p>${words.names}</p>

<h2>${words.open}</h2>
<dl>
${howToOpen(sources, words)}</dl>

<h2>${words.check}</h2>
<p>${words.checkLead}</p>
${command('linux')}${command('mac')}${command('windows')}<p>${words.checkAfter}</p>

<h2>${words.keep}</h2>
<p>${words.keepLead}</p>
</article>
`
}

type Readme = Words['readme']

function ofSource({ source, files, bytes, kinds: counts }: ReadmeSource, format: Words['format'], words: Readme): string {
  const there = fileKinds.flatMap((kind) => {
    const many = counts.get(kind) ?? 0
    return many === 0 ? [] : [words.count(many, words.kinds[kind])]
  })
  return `<h3><a href="${address(`data/${source}/`)}"><code>data/${plain(source)}/</code></a></h3>
<p>${words.source(files, bytes, format.size(bytes), there)} <span class="soft">${words.more} <a href="${address(`metadata/${source}.jsonl`)}"><code>metadata/${plain(source)}.jsonl</code></a></span></p>
`
}

/** Of the kinds that are here; a page about what is not would only be longer. */
function howToOpen(sources: readonly ReadmeSource[], words: Readme): string {
  const here = fileKinds.filter((kind) => sources.some((source) => (source.kinds.get(kind) ?? 0) > 0))
  return here
    .map((kind) => {
      const { many, opens } = words.kinds[kind]
      const ends = kind === 'other' ? '' : `: <code>${endings[kind].map((ending) => `.${ending}`).join(' ')}</code>`
      return `<dt><strong>${many.charAt(0).toUpperCase()}${many.slice(1)}</strong>${ends}</dt><dd>${opens}</dd>\n`
    })
    .join('')
}

/** A path within the archive, for a link. */
function address(path: string): string {
  return path.toWellFormed().split('/').map(encodeURIComponent).join('/').replaceAll("'", '%27')
}

function plain(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
