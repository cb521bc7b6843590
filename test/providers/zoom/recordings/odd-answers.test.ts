import { describe, expect, test } from 'vitest'
import type { Connection } from '../../../../src/core/provider.ts'
import type { Page } from '../../../../src/core/source.ts'
import type { HttpRequest, Transport } from '../../../../src/core/transport.ts'
import { statusFailure } from '../../../../src/http/status.ts'
import { zoom } from '../../../../src/providers/zoom/provider.ts'
import { recordingSettings } from '../../../../src/providers/zoom/recordings/settings.ts'
import { openRecordings } from '../../../../src/providers/zoom/recordings/source.ts'
import { failureOf } from '../../../contracts/content.ts'
import { never, pagesOf } from '../../../contracts/listed.ts'

const now = Date.parse('2024-03-15T00:00:00Z')
const stream = { id: 'recordings', title: 'Recordings' }
type Answer = object | { readonly status: number; readonly code: number; readonly message: string }

/** A Zoom that answers to each list and each meeting what it is told. */
function zoomThat(
  list: (query: URLSearchParams) => Answer,
  meeting: (path: string) => Answer = () => refusal(404, 3301),
  born: object = { created_at: '2024-01-10T00:00:00Z' },
) {
  const requests: URL[] = []
  const transport: Transport = {
    send: async (request: HttpRequest) => {
      const url = new URL(request.url)
      requests.push(url)
      const answer = url.pathname.endsWith('/users/me')
        ? { id: 'me', timezone: 'UTC', ...born }
        : url.pathname.endsWith('/users/me/recordings')
          ? list(url.searchParams)
          : meeting(url.pathname)
      const text = JSON.stringify(answer)
      const status = 'code' in answer && 'status' in answer ? Number(answer.status) : 200
      const head = { status, headers: {}, url: request.url }
      if (status !== 200) throw zoom.explain(head, text, request) ?? statusFailure(head, request)
      return { ...head, text: async () => text, cancel: () => {}, body: (async function* () {})() }
    },
    fetch: () => {
      throw new Error('not used')
    },
  }
  const connection: Connection = { account: 'zoom', settings: {}, endpoints: { api: 'https://api.zoom.us/v2/' }, transport }
  const open = (settings = {}) =>
    openRecordings(connection, recordingSettings.parse({ from: '2024-01-01', ...settings }), () => now)
  return {
    open,
    requests,
    lists: () => requests.filter(({ pathname }) => pathname.endsWith('/recordings') && pathname.includes('/users/')),
  }
}

const refusal = (status: number, code: number, message = 'x') => ({ status, code, message })
const one = (day: string) => ({
  uuid: `${day}==`,
  topic: 'T',
  start_time: `${day}T00:00:00Z`,
  recording_files: [{ id: day, file_type: 'MP4', status: 'completed', download_url: 'https://zoom.us/rec/download/x' }],
})
const held = ['2024-01-05', '2024-01-20', '2024-02-10', '2024-03-01']
const within = (from: string, to: string) => held.filter((day) => day >= from && day <= to).map(one)
const meetingsIn = (pages: readonly Page[]) =>
  pages.flatMap(({ items }) => items.flatMap(({ id }) => (id.startsWith('meeting/') ? [id.slice(8, 18)] : []))).sort()
const failuresIn = (pages: readonly Page[]) =>
  pages.flatMap(({ unread }) => (unread ?? []).flatMap(({ failure }) => failure ?? []))

describe('windows', () => {
  test('one that Zoom narrows, as its answer says, is asked for in halves', async () => {
    const week = 7 * 86_400_000
    const at = zoomThat((query) => {
      const to = query.get('to')!
      const earliest = new Date(Date.parse(to) - week).toISOString().slice(0, 10)
      const from = query.get('from')! < earliest ? earliest : query.get('from')!
      const meetings = within(from, to)
      return { from, to, total_records: meetings.length, next_page_token: '', meetings }
    })
    const pages = await pagesOf(at.open(), stream)
    expect(meetingsIn(pages)).toEqual(held)
    expect(failuresIn(pages)).toEqual([])
  })

  test('an answer about other days than a single one is a failure', async () => {
    const at = zoomThat(() => ({ from: '2030-01-01', to: '2030-01-02', meetings: [] }))
    expect((await failureOf(pagesOf(at.open(), stream))).kind).toBe('unlisted')
  })

  test('older than the account, and answered about later days: nothing', async () => {
    const at = zoomThat((query) => {
      const [from, to] = [query.get('from')!, query.get('to')!]
      return { from: from < '2024-01-10' ? '2024-01-10' : from, to, meetings: within(from, to) }
    })
    expect(meetingsIn(await pagesOf(at.open({ from: '2023-12-20' }), stream))).toEqual(held)
    expect(at.lists().length).toBeLessThan(15)
  })

  test('older than the account, and refused for that: nothing', async () => {
    const at = zoomThat((query) =>
      query.get('from')! < '2020'
        ? refusal(400, 300, 'Validation Failed.')
        : { meetings: within(query.get('from')!, query.get('to')!) },
    )
    expect(meetingsIn(await pagesOf(at.open({ from: 'beginning' }), stream))).toEqual(held)
    const refusing = zoomThat((query) =>
      query.get('from') === '2024-02-01' ? refusal(400, 300, 'Validation Failed.') : { meetings: [] },
    )
    expect((await failureOf(pagesOf(refusing.open(), stream))).kind).toBe('unlisted')
    // Where Zoom does not say when the account began, nothing is passed over.
    const ageless = zoomThat(
      (query) => (query.get('from')! < '2020' ? refusal(400, 300, 'Validation Failed.') : { meetings: [] }),
      undefined,
      {},
    )
    expect((await failureOf(pagesOf(ageless.open({ from: 'beginning' }), stream))).kind).toBe('unlisted')
  })
})

describe('counts', () => {
  test('more meetings counted than named: asked again, and complete the second time', async () => {
    let asked = 0
    const at = zoomThat((query) => {
      const meetings = within(query.get('from')!, query.get('to')!)
      const first = query.get('from') === '2024-01-01' && asked++ === 0
      return { total_records: meetings.length, meetings: first ? meetings.slice(1) : meetings }
    })
    const pages = await pagesOf(at.open(), stream)
    expect(meetingsIn(pages)).toEqual(held)
    expect(failuresIn(pages)).toEqual([])
    expect(asked).toBe(2)
  })

  test('…or named as missing, and what there is stays listed', async () => {
    const at = zoomThat((query) => {
      const meetings = within(query.get('from')!, query.get('to')!)
      return { total_records: meetings.length, meetings: meetings.slice(1) }
    })
    const pages = await pagesOf(at.open(), stream)
    expect(meetingsIn(pages)).toEqual(['2024-01-20'])
    expect(failuresIn(pages).map(({ kind, message }) => `${kind}: ${message}`)).toEqual([
      'unlisted: Zoom counts 2 meetings from 2024-01-01 to 2024-01-31, but names 1',
      'unlisted: Zoom counts 1 meetings from 2024-02-01 to 2024-02-29, but names 0',
      'unlisted: Zoom counts 1 meetings from 2024-03-01 to 2024-03-16, but names 0',
    ])
    expect(pages.flatMap(({ unread }) => (unread ?? []).map(({ id }) => id))).toEqual([
      'trash',
      'year/2024',
      'year/2024',
      'year/2024',
    ])
  })

  test('the closing count goes another way, finds the same, and says when Zoom names fewer than it counts', async () => {
    const answer = (query: URLSearchParams) => {
      const meetings = within(query.get('from')!, query.get('to')!)
      return { total_records: meetings.length, meetings }
    }
    const at = zoomThat(answer)
    const source = at.open()
    const listed = (await pagesOf(source, stream)).flatMap(({ items }) =>
      items.flatMap(({ id, kind }) => (kind === 'place' ? [] : [id])),
    )
    const windows = at.lists().map(({ searchParams }) => searchParams.get('from'))
    const counted: string[] = []
    for await (const ids of source.recount!(never)) counted.push(...ids)
    expect(counted.sort()).toEqual(listed.sort())
    expect(
      at
        .lists()
        .slice(windows.length)
        .map(({ searchParams }) => searchParams.get('from')),
    ).toEqual(['2024-03-16', '2024-02-16', '2024-01-16', '2024-01-01'])
    const short = zoomThat((query) => ({ ...answer(query), total_records: 9 })).open()
    await expect(async () => {
      for await (const _ of short.recount!(never)) {
        // Only its end matters.
      }
    }).rejects.toMatchObject({ kind: 'unlisted' })
  })
})

describe('answers', () => {
  test('a page token that leads to itself', async () => {
    const at = zoomThat(() => ({ next_page_token: 'again', meetings: [] }))
    expect((await failureOf(pagesOf(at.open(), stream))).kind).toBe('unlisted')
    expect(at.lists()).toHaveLength(2)
  })

  test('page tokens that lead in a circle of two or three, in the list, the closing count and the trash', async () => {
    for (const length of [2, 3]) {
      const circle = (query: URLSearchParams, trash: 'true' | null) => {
        const at = Number(query.get('next_page_token') ?? '-1')
        return { meetings: [], ...(query.get('trash') === trash && { next_page_token: String((at + 1) % length) }) }
      }
      const lists = zoomThat((query) => circle(query, null))
      expect(await failureOf(pagesOf(lists.open(), stream))).toMatchObject({
        kind: 'unlisted',
        message: expect.stringMatching(/circle/),
      })
      expect(lists.lists().length).toBeLessThanOrEqual(length + 1)
      const counted = zoomThat((query) => circle(query, null))
      const count = async () => {
        for await (const _ of counted.open().recount!(never));
      }
      expect(await failureOf(count())).toMatchObject({ kind: 'unlisted', message: expect.stringMatching(/circle/) })
      expect(counted.lists().length).toBeLessThanOrEqual(length + 1)
      const trash = zoomThat((query) => circle(query, 'true'))
      const pages = await pagesOf(trash.open({ trash: true }), stream)
      expect(failuresIn(pages)).toMatchObject([{ kind: 'unlisted', message: expect.stringMatching(/trash.*circle/) }])
    }
  })

  test('trouble with the trash alone: the recordings are listed all the same, and it is said', async () => {
    const at = zoomThat((query) =>
      query.has('trash')
        ? refusal(403, 1003, 'no')
        : { meetings: within(query.get('from') ?? '', query.get('to') ?? ''), total_records: 0 },
    )
    const pages = await pagesOf(at.open({ trash: true }), stream)
    expect(pages.map(({ startsOver }) => startsOver === true)).toEqual(pages.map((_, index) => index === 0))
    expect(failuresIn(pages)).toMatchObject([{ kind: 'forbidden' }])
    expect(meetingsIn(pages)).toEqual(held)
  })

  test('a trash that is left out is neither a stream nor asked for', async () => {
    const at = zoomThat((query) => ({ meetings: within(query.get('from') ?? '', query.get('to') ?? '') }))
    const source = at.open()
    expect((await source.streams(never)).map(({ title }) => title)).toEqual(['Recordings'])
    await pagesOf(source, stream)
    expect(at.lists().filter(({ searchParams }) => searchParams.has('trash'))).toEqual([])
  })

  test.each([[{}], [{ meetings: null }], [{ meetings: [{ topic: 'no uuid' }] }], [[]]])(
    '%j is never an empty account',
    async (answer) => {
      expect((await failureOf(pagesOf(zoomThat(() => answer).open(), stream))).kind).toBe('corrupt')
    },
  )

  test('an error with a status of success is an error', async () => {
    const at = zoomThat(() => ({ code: 200, message: 'Only available for Paid account: x.' }))
    expect(await failureOf(pagesOf(at.open(), stream))).toMatchObject({ kind: 'forbidden', stops: 'source' })
  })

  test('a meeting that Zoom does not show is named as unread; its listed files are not lost for that', async () => {
    const at = zoomThat(
      (query) => ({ meetings: within(query.get('from')!, query.get('to')!) }),
      (path) => (path.includes('2024-02-10') ? refusal(400, 200, 'No permission.') : refusal(404, 3301)),
    )
    const pages = await pagesOf(at.open(), stream)
    expect(meetingsIn(pages)).toEqual(held)
    expect(pages.flatMap(({ unread }) => (unread ?? []).map(({ id, failure }) => `${id} ${failure?.kind}`))).toEqual([
      'trash undefined',
      'meeting/2024-02-10== forbidden',
    ])
  })

  const brokenOn = (days: readonly string[]) =>
    zoomThat(
      (query) => ({ meetings: within(query.get('from')!, query.get('to')!) }),
      (path) => (days.some((day) => path.includes(day)) ? refusal(500, 0) : refusal(404, 3301)),
    )

  test('a meeting on which Zoom breaks each time does not keep the others from being listed; a Zoom that breaks does', async () => {
    const pages = await pagesOf(brokenOn(['2024-01-05', '2024-02-10']).open(), stream)
    expect(meetingsIn(pages)).toEqual(held)
    expect(pages.flatMap(({ unread }) => (unread ?? []).map(({ id, failure }) => `${id} ${failure?.kind}`))).toEqual([
      'trash undefined',
      'meeting/2024-01-05== transient',
      'meeting/2024-02-10== transient',
    ])
    const broken = brokenOn(held)
    expect((await failureOf(pagesOf(broken.open(), stream))).kind).toBe('transient')
    expect(broken.requests.filter(({ pathname }) => pathname.includes('/meetings/'))).toHaveLength(3)
  })

  test('fewer files named than counted: what is named is listed, and the rest is said to be missing', async () => {
    const at = zoomThat(
      (query) => ({ meetings: within(query.get('from')!, query.get('to')!) }),
      (path) => ({ ...one('2024-02-10'), recording_count: path.includes('2024-02-10') ? 3 : 1 }),
    )
    const pages = await pagesOf(at.open(), stream)
    expect(meetingsIn(pages)).toEqual(held)
    expect(pages.flatMap(({ unread }) => (unread ?? []).map(({ id, failure }) => `${id} ${failure?.message}`))).toEqual([
      'trash undefined',
      'meeting/2024-02-10== Zoom counts 3 files of “T” (2024-02-10), but names 1',
    ])
  })

  test.each([
    [{ recording_count: 2 }, true],
    [{ recording_files: null }, true],
    [{ recording_count: 0 }, false],
  ])('a meeting of which Zoom names no file, %j, waits: %s', async (fields, waits) => {
    const bare = { uuid: 'bare==', topic: 'T', start_time: '2024-01-05T00:00:00Z', recording_files: [], ...fields }
    const at = zoomThat((query) => ({ meetings: query.get('from') === '2024-01-01' ? [bare] : [] }))
    const items = (await pagesOf(at.open(), stream)).flatMap(({ items }) => items)
    expect(items.filter(({ waiting }) => waiting !== undefined).map(({ name }) => name)).toEqual(waits ? ['meeting.json'] : [])
  })

  test('an address that is none is not there yet', async () => {
    const file = { id: 'f', file_type: 'MP4', status: 'completed', download_url: 'no address' }
    const meeting = { ...one('2024-01-05'), recording_files: [file] }
    const at = zoomThat((query) => ({ meetings: query.get('from') === '2024-01-01' ? [meeting] : [] }))
    const items = (await pagesOf(at.open(), stream)).flatMap(({ items }) => items)
    expect(items.find(({ id }) => id === 'file/f')!.waiting).toMatch(/not give it out yet/)
  })

  test('a first day to come is a mistake, not an account without recordings', async () => {
    const failure = await failureOf(pagesOf(zoomThat(() => ({ meetings: [] })).open({ from: '2042-04-01' }), stream))
    expect(failure).toMatchObject({ kind: 'settings', stops: 'source', message: expect.stringContaining('2042-04-01') })
  })

  test('a meeting without any field but its id, and files without any', async () => {
    const at = zoomThat((query) => ({
      meetings: query.get('from') === '2024-01-01' ? [{ uuid: 'bare==', recording_files: [{}, {}] }] : [],
    }))
    const items = (await pagesOf(at.open(), stream)).flatMap(({ items }) => items)
    expect(items.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'place No date',
      'folder No date (no topic)',
      'file Recording.bin',
      'file Recording.bin',
      'file meeting.json',
    ])
    expect(items.filter(({ waiting }) => waiting !== undefined)).toHaveLength(2)
    expect(new Set(items.map(({ id }) => id)).size).toBe(5)
  })
})
