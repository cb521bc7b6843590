import { describe, expect, test } from 'vitest'
import { Failure } from '../../../../src/core/failure.ts'
import type { Page } from '../../../../src/core/source.ts'
import type { DriveApi, SharedDrive } from '../../../../src/providers/google/drive/api.ts'
import { listStream } from '../../../../src/providers/google/drive/listing.ts'
import { createResourceKeys } from '../../../../src/providers/google/drive/resource-keys.ts'
import { type DriveFile, driveFile } from '../../../../src/providers/google/drive/schema.ts'
import { driveSettings } from '../../../../src/providers/google/drive/settings.ts'

const folderType = 'application/vnd.google-apps.folder'
const file = (id: string, more: object = {}): DriveFile =>
  driveFile.parse({
    id,
    name: id,
    mimeType: 'text/plain',
    md5Checksum: 'a',
    size: '1',
    parents: ['ROOT'],
    ownedByMe: true,
    ...more,
  })
const folder = (id: string, more: object = {}) =>
  file(id, { mimeType: folderType, md5Checksum: undefined, size: undefined, ...more })
const theirs = { ownedByMe: false, parents: undefined }

type Change = Awaited<ReturnType<DriveApi['changes']>>['changes'][number]
interface World {
  /** Pages of the flat listing; their tokens are p1, p2 … */
  pages?: DriveFile[][]
  incomplete?: boolean
  /** Pages of the change log from token 100 on; then 101 … */
  changes?: Change[][]
  foreign?: DriveFile[]
  children?: Record<string, DriveFile[]>
  /** Called before each call; may throw. */
  before?: (call: string) => void
}

function fakeApi(world: World): DriveApi & { calls: string[] } {
  const calls: string[] = []
  const call = <T>(name: string, answer: () => T): Promise<T> => {
    calls.push(name)
    return Promise.resolve().then(() => {
      world.before?.(name)
      return answer()
    })
  }
  const paged = <T>(pages: T[][], page: string | undefined) => {
    const at = page === undefined ? 0 : Number(page.slice(1))
    return { files: pages[at] ?? [], nextPageToken: at + 1 < pages.length ? `p${at + 1}` : undefined }
  }
  const unused = () => Promise.reject(new Error('not expected here'))
  return {
    calls,
    keys: createResourceKeys(),
    storage: async () => ({ used: undefined, trash: undefined }),
    rootId: () => Promise.resolve('ROOT'),
    drives: () => Promise.resolve([]),
    startToken: () => call('start', () => '100'),
    changes: (_, { page }) =>
      call(`changes ${page}`, () => {
        const pages = world.changes ?? [[]]
        const at = Number(page) - 100
        const last = at + 1 >= pages.length
        return {
          changes: pages[at] ?? [],
          ...(last ? { newStartPageToken: String(100 + pages.length) } : { nextPageToken: String(101 + at) }),
        }
      }),
    files: (_, { page }) =>
      call(`files ${page}`, () => ({ ...paged(world.pages ?? [[]], page), incompleteSearch: world.incomplete })),
    foreignFolders: ({ page }) => call(`foreign ${page}`, () => paged([world.foreign ?? []], page)),
    children: (id, { page }) => call(`children ${id} ${page}`, () => paged([world.children?.[id] ?? []], page)),
    ids: unused,
    folder: unused,
    content: unused,
    findKey: unused,
    startDownload: unused,
    operation: unused,
    exportLinks: unused,
  }
}

const signal = AbortSignal.timeout(10_000)
async function list(
  world: World,
  since?: string,
  more: { settings?: object; drive?: SharedDrive; memberOf?: SharedDrive[] } = {},
) {
  const api = fakeApi(world)
  const { drive } = more
  const options = {
    api,
    settings: driveSettings.parse(more.settings ?? {}),
    memberOf: more.memberOf ?? [],
    signal,
    ...(drive === undefined ? {} : { drive }),
  }
  const pages: Page[] = []
  let failure: Failure | undefined
  try {
    for await (const page of listStream(options, since)) pages.push(page)
  } catch (error) {
    failure = Failure.from(error)
  }
  return { api, pages, failure, cursor: pages.at(-1)?.cursor }
}
const idsOf = (pages: readonly Page[]) =>
  pages.flatMap(({ items }) => items.filter(({ kind }) => kind !== 'place').map(({ id }) => id))

describe('a full listing', () => {
  test('takes the change token before its first page, and says once that it starts over', async () => {
    const { api, pages, failure } = await list({ pages: [[file('a')], [], [file('b')]] })
    expect(failure).toBeUndefined()
    expect(api.calls).toEqual(['start', 'files undefined', 'files p1', 'files p2', 'foreign undefined', 'changes 100'])
    expect(pages.map(({ startsOver }) => startsOver ?? false)).toEqual([true, false, false])
    expect(idsOf(pages)).toEqual(['a', 'b'])
    expect(pages[0]!.items.filter(({ kind }) => kind === 'place').map(({ name }) => name)).toEqual([
      'My Drive',
      'Shared with me',
      'Shared drives',
      'Computers',
      'Unorganised',
      'Trash',
    ])
  })

  test('goes on right after any page', async () => {
    const world: World = {
      pages: [[file('a')], [file('b')]],
      changes: [[{ fileId: 'c', file: file('c') }], []],
      foreign: [folder('F', theirs)],
      children: { F: [file('d', theirs), folder('G', theirs)], G: [file('e', theirs)] },
    }
    const whole = await list(world)
    for (const [n, { cursor }] of whole.pages.slice(0, -1).entries()) {
      const rest = await list(world, cursor)
      expect(rest.failure).toBeUndefined()
      expect(idsOf(rest.pages)).toEqual(idsOf(whole.pages.slice(n + 1)))
      expect(rest.cursor).toBe(whole.cursor)
      expect(rest.pages.some(({ startsOver }) => startsOver)).toBe(false)
    }
  })

  test('what happened while it went on is in it', async () => {
    const { pages } = await list({
      pages: [[file('a')]],
      changes: [
        [
          { fileId: 'b', file: file('b') },
          { fileId: 'a', removed: true },
        ],
      ],
    })
    expect(idsOf(pages)).toEqual(['a', 'b'])
    expect(pages.flatMap(({ gone }) => gone ?? [])).toEqual(['a'])
  })

  test('a page token that died starts it again, once', async () => {
    let refused = 0
    const before = (call: string) => {
      if (call === 'files p1' && refused++ === 0) throw new Failure('unlisted', 'dead')
    }
    const { pages, failure } = await list({ pages: [[file('a')], [file('b')]], before })
    expect(failure).toBeUndefined()
    expect(idsOf(pages)).toEqual(['a', 'a', 'b'])
    expect(pages.map(({ startsOver }) => startsOver ?? false).slice(0, 3)).toEqual([true, true, false])

    const always = await list({
      pages: [[file('a')], [file('b')]],
      before: (call) => {
        if (call === 'files p1') throw new Failure('unlisted', 'dead')
      },
    })
    expect(always.failure?.kind).toBe('unlisted')
    expect(always.api.calls.length).toBeLessThan(10)
  })

  test('is not believed where Google did not search everything, and done anew', async () => {
    const incomplete = await list({ pages: [[file('a')], [file('b')]], incomplete: true })
    expect(incomplete.failure?.kind).toBe('unlisted')
    expect(idsOf(incomplete.pages)).toEqual(['a', 'b'])
    const next = await list({ pages: [[file('a')]] }, incomplete.cursor)
    expect(next.pages[0]?.startsOver).toBe(true)
  })

  test('one that goes round in a circle ends', async () => {
    const api = fakeApi({})
    const circling = { ...api, files: () => Promise.resolve({ files: [], nextPageToken: 'p1', incompleteSearch: undefined }) }
    const run = async () => {
      for await (const _ of listStream({ api: circling, settings: driveSettings.parse({}), memberOf: [], signal }, undefined)) {
        // only counted
      }
    }
    await expect(run()).rejects.toMatchObject({ kind: 'unlisted' })
  })

  test('roots that are not chosen are excluded with their places', async () => {
    const { pages } = await list({}, undefined, { settings: { roots: ['my-drive'] } })
    expect(pages[0]!.items.filter(({ excluded }) => excluded !== undefined).map(({ name }) => name)).toEqual([
      'Shared with me',
      'Computers',
      'Unorganised',
    ])
  })
})

describe('a later listing', () => {
  const rest = JSON.stringify({ step: 'rest', token: '100' })

  test('asks for changes only, and names the places again', async () => {
    const { api, pages, cursor } = await list(
      { changes: [[{ fileId: 'a', file: file('a') }], [{ fileId: 'b', removed: true }]] },
      rest,
    )
    expect(api.calls).toEqual(['foreign undefined', 'changes 100', 'changes 101'])
    expect(idsOf(pages)).toEqual(['a'])
    expect(pages.flatMap(({ gone }) => gone ?? [])).toEqual(['b'])
    expect(pages.some(({ startsOver }) => startsOver)).toBe(false)
    expect(pages[0]!.items.filter(({ kind }) => kind === 'place')).toHaveLength(6)
    expect(cursor).toBe(JSON.stringify({ step: 'rest', token: '102' }))
  })

  test.each(['unlisted', 'gone', 'forbidden'] as const)('a change token refused as %s leads to a full listing', async (kind) => {
    const before = (call: string) => {
      if (call === 'changes 77') throw new Failure(kind, 'refused')
    }
    const { pages, failure } = await list({ pages: [[file('a')]], before }, JSON.stringify({ step: 'rest', token: '77' }))
    expect(failure).toBeUndefined()
    expect(pages.map(({ startsOver }) => startsOver ?? false)).toContain(true)
    expect(idsOf(pages)).toEqual(['a'])
  })

  test.each(['signin', 'offline', 'throttled', 'transient'] as const)('a failure of kind %s is no refusal', async (kind) => {
    const before = () => {
      throw new Failure(kind, 'no')
    }
    const { pages, failure } = await list({ before }, rest)
    expect(failure?.kind).toBe(kind)
    expect(pages).toEqual([])
  })

  test('a cursor that is not ours leads to a full listing', async () => {
    const { pages } = await list({ pages: [[file('a')]] }, 'something else')
    expect(pages[0]?.startsOver).toBe(true)
  })

  test('of several changes of a file the last counts', async () => {
    const { pages } = await list(
      {
        changes: [
          [
            { fileId: 'a', file: file('a', { name: 'old' }) },
            { fileId: 'a', file: file('a', { name: 'new' }) },
            { fileId: 'b', file: file('b') },
            { fileId: 'b', removed: true },
          ],
        ],
      },
      rest,
    )
    expect(
      pages
        .flatMap(({ items }) => items)
        .filter(({ kind }) => kind !== 'place')
        .map(({ name }) => name),
    ).toEqual(['new'])
    expect(pages.flatMap(({ gone }) => gone ?? [])).toEqual(['b'])
  })
})

describe('shared drives', () => {
  const drive = { id: 'D', name: 'Lab' }
  const inDrive = { driveId: 'D', parents: ['D'], ownedByMe: undefined }

  test('have a stream and a place each', async () => {
    const { pages, api } = await list(
      { pages: [[file('a', inDrive), folder('D', { driveId: 'D', parents: undefined })]] },
      undefined,
      { drive, memberOf: [drive] },
    )
    expect(pages[0]!.items).toMatchObject([
      { id: 'place:shared-drives', kind: 'place' },
      { id: 'D', kind: 'place', name: 'Lab', parent: 'place:shared-drives' },
      { id: 'place:trash', kind: 'place' },
      { id: 'a', parent: 'D', fallback: 'D' },
    ])
    expect(api.calls).toEqual(['start', 'files undefined', 'changes 100'])
  })

  test('their files are left to them in the user’s stream; those of drives of others are not', async () => {
    const { pages } = await list(
      {
        pages: [[file('a', inDrive), file('b', { driveId: 'E', ownedByMe: undefined, parents: undefined })]],
        changes: [[{ fileId: 'c', removed: true, file: file('c', inDrive) }]],
      },
      undefined,
      { memberOf: [drive] },
    )
    expect(idsOf(pages)).toEqual(['b'])
    expect(pages.flatMap(({ gone }) => gone ?? [])).toEqual([])
  })

  test('what leaves one is gone there, wherever it went', async () => {
    const { pages } = await list(
      {
        changes: [
          [
            { fileId: 'a', removed: true, file: file('a') },
            { fileId: 'b', removed: true },
          ],
        ],
      },
      JSON.stringify({ step: 'rest', token: '100' }),
      { drive, memberOf: [drive] },
    )
    expect(pages[0]!.gone).toEqual(['a', 'b'])
    expect(idsOf(pages)).toEqual([])
  })
})

describe('folders of other people', () => {
  test('are walked to the bottom, each once, circles too', async () => {
    const { pages, api } = await list({
      foreign: [folder('F', theirs), folder('G', { ...theirs, parents: ['F'] })],
      children: {
        F: [folder('G', theirs), file('a', theirs)],
        G: [folder('H', { parents: ['G'] })],
        H: [folder('F', theirs), file('b', theirs)],
      },
    })
    expect(new Set(idsOf(pages))).toEqual(new Set(['G', 'a', 'H', 'F', 'b']))
    expect(api.calls.filter((call) => call.startsWith('children'))).toEqual([
      'children F undefined',
      'children G undefined',
      'children H undefined',
    ])
    expect(pages.flatMap(({ items }) => items).find(({ id }) => id === 'b')).toMatchObject({
      parent: 'H',
      fallback: 'place:shared-with-me',
    })
  })

  test('one that cannot be listed is named, and the others go on', async () => {
    const before = (call: string) => {
      if (call === 'children F undefined') throw new Failure('transient', 'down')
    }
    const { pages, failure } = await list({
      foreign: [folder('F', theirs), folder('G', theirs)],
      children: { G: [file('a', theirs)] },
      before,
    })
    expect(failure).toBeUndefined()
    expect(idsOf(pages)).toEqual(['a'])
    expect(pages.flatMap(({ unread }) => unread ?? [])).toMatchObject([{ id: 'F', failure: { kind: 'transient' } }])
  })

  test.each(['signin', 'offline'] as const)('a failure of kind %s ends the listing', async (kind) => {
    const before = (call: string) => {
      if (call.startsWith('children')) throw new Failure(kind, 'no')
    }
    const { failure } = await list({ foreign: [folder('F', theirs)], before })
    expect(failure?.kind).toBe(kind)
  })

  test('are not asked for where that root is not chosen, and nothing of them is gone', async () => {
    const { pages, api } = await list({ foreign: [folder('F', theirs)] }, undefined, { settings: { roots: ['my-drive'] } })
    expect(api.calls.some((call) => call.startsWith('children'))).toBe(false)
    expect(pages.flatMap(({ unread }) => unread ?? [])).toEqual([{ id: 'F' }])
  })
})

test('a shared drive in which nothing happened is listed in one page', async () => {
  const drive = { id: 'D', name: 'Lab' }
  const api = fakeApi({})
  const quiet = { ...api, changes: () => Promise.resolve({ changes: [], newStartPageToken: '100' }) }
  const pages: Page[] = []
  for await (const page of listStream(
    { api: quiet, settings: driveSettings.parse({}), drive, memberOf: [drive], signal },
    JSON.stringify({ step: 'rest', token: '100' }),
  ))
    pages.push(page)
  expect(pages.map(({ cursor }) => cursor)).toEqual([JSON.stringify({ step: 'rest', token: '100' })])
})
