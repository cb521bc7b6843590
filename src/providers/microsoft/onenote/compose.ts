import type { Item } from '../../../core/item.ts'
import type { Composed, ComposeRow } from '../../../core/source.ts'
import { address, contentsName, text } from './offline-page.ts'
import { becauseOf, inEach } from './page-words.ts'

interface Entry {
  readonly title: string
  readonly path: string | undefined
  readonly order: number
  readonly level: number
  readonly anchor: string | undefined
  readonly gone: boolean
  readonly conflict: boolean
  /** Why it has no file, as HTML. */
  readonly reason: string | undefined
}

interface Folder {
  readonly name: string
  readonly parent: string | undefined
  readonly anchor: string | undefined
  readonly deleted: boolean
  readonly folders: Folder[]
  readonly pages: Entry[]
}

/**
 * One file that lists all pages in OneNote's own order and with its indentation, which folders do not keep, under the local names that they have now.
 * Saved pages link to each other by way of it: a link in OneNote names a page by its GUID, and only after a run it is known which file that is;
 * and when a page is renamed or moved, this list follows and the pages that link to it need not be fetched again.
 *
 * The listing is held in memory, a few hundred bytes for a page: the order is not that of the journal.
 */
export async function* composeContents(rows: () => AsyncIterable<ComposeRow>): AsyncIterable<Composed> {
  const root: Folder = { name: '', parent: undefined, anchor: undefined, deleted: false, folders: [], pages: [] }
  const folders = new Map<string, Folder>()
  for await (const { item, gone } of rows()) {
    if (item.kind !== 'folder' || gone) continue
    const name = item.name ?? item.id
    const deleted = item.details.deleted === true
    folders.set(item.id, { name, parent: item.parent, anchor: anchorOf(item, 'section'), deleted, folders: [], pages: [] })
  }
  if (folders.size === 0) return
  for (const folder of folders.values()) (folders.get(folder.parent ?? '') ?? root).folders.push(folder)
  for await (const { item, gone, files } of rows()) {
    if (item.kind !== 'file') continue
    const path = files.get('page')
    if (gone && path === undefined) continue
    ;(folders.get(item.parent ?? '') ?? root).pages.push(entryOf(item, path, gone))
  }
  yield { path: contentsName, bytes: written(root) }
}

function entryOf(item: Item, path: string | undefined, gone: boolean): Entry {
  const { order, level } = item.details
  return {
    title: item.name ?? item.id,
    path,
    order: typeof order === 'number' ? order : Number.MAX_SAFE_INTEGER,
    level: typeof level === 'number' ? Math.max(0, Math.min(level, 2)) : 0,
    anchor: anchorOf(item, 'page'),
    gone,
    conflict: item.details.perhapsConflictOf !== undefined,
    reason: path === undefined ? whyNoFile(item) : undefined,
  }
}

function whyNoFile({ unexportable }: Item): string {
  if (unexportable === undefined) return inEach((words) => words.notSaved)
  const why = becauseOf(unexportable.reason)
  return why === undefined ? `<span lang="en">${text(unexportable.message)}</span>` : inEach(why)
}

function anchorOf({ details: { guid } }: Item, kind: 'page' | 'section'): string | undefined {
  return typeof guid === 'string' && /^[0-9a-f-]{36}$/.test(guid) ? `${kind}-${guid}` : undefined
}

async function* written(root: Folder): AsyncGenerator<Uint8Array> {
  yield Buffer.from(opening)
  yield* inside(root)
  yield Buffer.from(closing)
}

async function* inside({ folders, pages }: Folder): AsyncGenerator<Uint8Array> {
  yield Buffer.from('<ul>\n')
  for (const page of pages.toSorted((a, b) => a.order - b.order || compare(a.title, b.title))) yield Buffer.from(pageLine(page))
  for (const folder of folders.toSorted((a, b) => compare(a.name, b.name))) {
    yield Buffer.from(
      `<li class="folder"${idOf(folder.anchor)}><b>${text(folder.name)}</b>${folder.deleted ? remark((words) => words.deleted) : ''}\n`,
    )
    yield* inside(folder)
    yield Buffer.from('</li>\n')
  }
  yield Buffer.from('</ul>\n')
}

function pageLine({ title, path, level, anchor, gone, conflict, reason }: Entry): string {
  const shown =
    path === undefined
      ? `${text(title)} <i>(${reason ?? ''})</i>`
      : `<a href="${path.split('/').map(address).join('/')}">${text(title)}</a>`
  const perhaps = conflict ? remark((words) => words.conflict) : ''
  return `<li style="margin-left:${level * 2}em"${idOf(anchor)}>${shown}${perhaps}${gone ? remark((words) => words.gone) : ''}</li>\n`
}

const remark = (say: Parameters<typeof inEach>[0]) => ` <i>(${inEach(say)})</i>`

const idOf = (anchor: string | undefined) => (anchor === undefined ? '' : ` id="${anchor}"`)
/** The same on every computer. */
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Whoever follows a link from a page is led on at once; without scripts, the entry is marked and one click away. */
const opening = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>OneNote</title>
<style>body{font:16px/1.5 sans-serif;margin:2em;max-width:50em}ul{list-style:none;padding-left:1.2em}.folder{margin:.6em 0}:target{background:#ff9}</style>
</head><body><h1>OneNote</h1>
<p id="unknown" hidden>${inEach((words) => words.unknownTarget, '<br>')}</p>
`
const closing = `<p>${inEach((words) => words.notHere, '<br>')}</p>
<script>
function follow() {
  var entry = /^#page-/.test(location.hash) && document.getElementById(location.hash.slice(1));
  var link = entry && entry.querySelector('a');
  if (link) location.replace(link.href);
  document.getElementById('unknown').hidden = !/^#page-/.test(location.hash) || !!entry;
}
follow();
addEventListener('hashchange', follow);
</script>
</body></html>
`
