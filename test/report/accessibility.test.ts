import { execFile, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readme } from '../../src/archive/readme.ts'
import { leaveSections, leaveStates } from '../../src/core/leaving.ts'
import { rememberChecklist } from '../../src/journal/last-checklist.ts'
import { type Words, wordsOf } from '../../src/language/words.ts'
import { makeReport } from '../../src/report/make-report.ts'
import { reportPage } from '../../src/report/report-page.ts'
import type { Bench } from '../backup/bench-archive.ts'
import { everyState } from './every-state.ts'

const english = wordsOf('en')

const axe = fileURLToPath(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url))
const browser = ['chromium', 'chromium-browser', 'google-chrome'].find((name) => spawnSync(name, ['--version']).status === 0)
// In CI a browser is installed; axe comes with the development dependencies, and where it is not among them there is nothing to run.
const without = !existsSync(axe) || (browser === undefined && process.env.CI !== 'true')
if (without)
  console.warn('SKIPPED: accessibility of report.html and README.html, which needs axe-core and Chromium (apt install chromium)')

/** https://github.com/dequelabs/axe-core/blob/develop/doc/API.md#results-object */
interface Violation {
  readonly id: string
  readonly help: string
  readonly nodes: readonly { readonly html: string }[]
}

describe.skipIf(without)('the pages in a real browser', () => {
  let bench: Bench
  let folder: string
  beforeAll(async () => {
    bench = await everyState()
    // A line in each state in each section of the leaver's checklist, with every kind of next step.
    const both = (text: string) => ({ en: text, ja: `「${text}」です` })
    const next = [
      { command: 'holdall backup' },
      { text: both('look'), page: 'https://example.org/a' },
      { text: both('it'), file: 'data/a b.eml' },
    ]
    rememberChecklist(bench.journal, {
      made: 0,
      lines: leaveSections.flatMap((section) =>
        leaveStates.map((state) => ({
          section,
          about: section,
          account: 'home',
          state,
          what: both('<b>what</b>'),
          why: both('why'),
          next,
        })),
      ),
    })
    folder = await mkdtemp(path.join(tmpdir(), 'holdall-axe-'))
  })
  afterAll(async () => {
    await bench.dispose()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  /** What axe finds. The page's own policy forbids every script, so it is taken off for this. */
  async function violations(page: string, dark: boolean): Promise<string[]> {
    const script = await readFile(axe, 'utf8')
    const file = path.join(folder, 'page.html')
    const run = `axe.run().then(({ violations }) => { document.body.innerHTML = '<pre id="found"></pre>'; document.getElementById('found').textContent = encodeURIComponent(JSON.stringify(violations)) })`
    const open = page.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')
    expect(open).not.toBe(page)
    await writeFile(
      file,
      open.replace('</body>', () => `<script>${script}</script><script>${run}</script></body>`),
    )
    const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', `--user-data-dir=${path.join(folder, 'profile')}`]
    const { stdout } = await promisify(execFile)(
      browser ?? 'chromium',
      [
        ...flags,
        ...(dark ? ['--blink-settings=preferredColorScheme=0'] : []),
        '--virtual-time-budget=20000',
        '--dump-dom',
        `file://${file}`,
      ],
      { maxBuffer: 64 * 1024 * 1024, timeout: 60_000 },
    )
    const found = /<pre id="found">([^<]*)<\/pre>/.exec(stdout)?.[1]
    if (found === undefined) throw new Error('axe did not come to its end')
    const list = JSON.parse(decodeURIComponent(found)) as Violation[]
    return list.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`)
  }

  const report = (words: Words) =>
    [...reportPage(makeReport({ journal: bench.journal, accounts: [], software: 'test', now: 0, words }), words)].join('')
  const pages = {
    'report.html': () => report(english),
    'report.html (Japanese)': () => report(wordsOf('ja')),
    'README.html': () =>
      readme({
        sources: [{ source: 'home/files', files: 2, bytes: 3, kinds: new Map([['mail', 2]]) }],
        files: 2,
        bytes: 3,
        software: 'test',
        date: new Date(0),
      }),
  }

  test.each([
    ['report.html', false],
    ['report.html', true],
    ['report.html (Japanese)', false],
    ['report.html (Japanese)', true],
    ['README.html', false],
    ['README.html', true],
  ] as const)('axe finds nothing in %s (dark: %s)', async (name, dark) => {
    expect(await violations(pages[name](), dark)).toEqual([])
  })

  test('axe does find what is wrong', async () => {
    const wrong = pages['README.html']().replace(
      '<main>',
      '<main><img src="x.png"><p style="color:#999;background:#fff">pale</p>',
    )
    expect((await violations(wrong, false)).map((found) => found.split(':')[0])).toEqual(['color-contrast', 'image-alt'])
  })
})
