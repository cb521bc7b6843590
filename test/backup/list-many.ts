// A child process: lists ITEMS items of SHAPE (flat: all in one folder; tree: a hundred in each) into a new archive in FOLDER, downloading nothing,
// and prints what it took.
import { platform } from 'node:os'
import { createArchive } from '../../src/archive/archive.ts'
import { createFilter } from '../../src/backup/filter.ts'
import { backup } from '../../src/backup/run.ts'
import { systemClock } from '../../src/core/clock.ts'
import type { Item } from '../../src/core/item.ts'
import type { Source } from '../../src/core/source.ts'
import { openJournal } from '../../src/journal/open.ts'

const [folder, count, shape] = process.argv.slice(2)
const items = Number(count)
const pageSize = 1000

const archive = createArchive(folder!, platform())
await archive.prepare()
const journal = openJournal(archive.journalFile, { access: 'write' })

function itemAt(n: number): Item {
  const rest = n % 100
  if (shape === 'tree' && rest === 0)
    return { id: `f${n}`, kind: 'folder', name: `Folder ${n}`, version: '', parts: [], details: {} }
  return {
    id: `1AbCdEfGhIjKlMnOpQrStUvWx${n.toString(36)}`,
    kind: 'file',
    version: `${n}`,
    name: `Document number ${n}.pdf`,
    modified: 1.7e12 + n,
    ...(shape === 'tree' && { parent: `f${n - rest}` }),
    parts: [{ key: 'file', size: 12_345 + n, checksums: [{ algorithm: 'md5', value: '0123456789abcdef0123456789abcdef' }] }],
    details: { owner: 'someone@example.org', starred: false, shared: true },
  }
}

const source: Source = {
  async streams() {
    return [{ id: 's', title: 's' }]
  },
  async *list() {
    for (let at = 0; at < items; at += pageSize) {
      const page = Array.from({ length: Math.min(pageSize, items - at) }, (_, n) => itemAt(at + n))
      yield { items: page, cursor: `${at}`, ...(at === 0 && { startsOver: true }) }
    }
  },
  async fetch() {
    throw new Error('nothing is fetched')
  },
}

for (const run of ['first', 'again']) {
  const cpu = process.cpuUsage()
  const began = performance.now()
  const { status, sources } = await backup({
    command: 'plan',
    sources: [
      {
        name: 'home/files',
        account: 'home',
        features: { changeFeed: false, resumable: false, checksums: [], sizes: true, lastingIds: true },
        source,
        shape: 'all',
      },
    ],
    journal,
    archive,
    clock: systemClock,
    emit() {},
    signal: new AbortController().signal,
    filter: createFilter({ include: [], exclude: [] }),
    transfers: 8,
    keepVersions: false,
    retryForMs: 1000,
    pauseMs: 1,
    software: 'holdall test',
  })
  const { user, system } = process.cpuUsage(cpu)
  console.log(
    JSON.stringify({
      run,
      status,
      items: sources['home/files']!.items,
      wallMicroseconds: (performance.now() - began) * 1000,
      cpuMicroseconds: user + system,
      peakBytes: process.resourceUsage().maxRSS * 1024,
    }),
  )
}
journal.close()
