import { afterEach, expect, test } from 'vitest'
import type { LeaveLine, LeavingRequest } from '../../../src/core/leaving.ts'
import { granularScopes } from '../../../src/practice/zoom/scopes.ts'
import { leaving } from '../../../src/providers/zoom/leaving.ts'
import { type Connected, connect, today } from './connect.ts'

const right = 'meeting:read:list_meetings'
const day = 86_400_000

let at: Connected | undefined
afterEach(async () => {
  await at?.close()
  at = undefined
})

async function lines(request: Partial<LeavingRequest>): Promise<readonly LeaveLine[]> {
  const said: LeaveLine[] = []
  const whole: LeavingRequest = {
    granted: [...granularScopes, right],
    sources: ['recordings'],
    remembered: { listed: () => undefined, item: () => undefined, items: () => [] },
    standing: () => 'elsewhere',
    ends: undefined,
    signal: new AbortController().signal,
    ...request,
  }
  for await (const line of leaving(whole)) said.push(line)
  return said
}

const open = async (pageSize?: number) => {
  at = await connect({ scopes: [...granularScopes, right], ...(pageSize !== undefined && { pageSize }) })
  return at
}

test('what is held after the last day is named once for each series, over all pages; what is over before is not', async () => {
  const { model, practice, connection } = await open(2)
  for (let week = 0; week < 5; week++)
    model.scheduled.push({ number: 81, topic: 'Seminar', type: 8, start: today + week * 7 * day })
  model.scheduled.push({ number: 82, topic: '相談', type: 3, start: undefined })
  model.scheduled.push({ number: 83, topic: 'Soon', type: 2, start: today + day })
  model.scheduled.push({ number: 84, topic: 'Past', type: 2, start: today - day })
  const said = await lines({ connection: connection(), ends: today + 10 * day })
  expect(said.map(({ state, what }) => [state, what.en]).toSorted()).toEqual([
    ['to-do', 'The Zoom meeting Seminar'],
    ['to-do', 'The Zoom meeting 相談'],
  ])
  expect(said.find(({ what }) => what.en.endsWith('Seminar'))?.facts?.until).toBe(new Date(today + 28 * day).toISOString())
  expect(JSON.stringify(said)).not.toContain('pwd')
  expect(practice.violations).toEqual([])
  // Nothing is known of when it ends: all to come are named.
  expect(await lines({ connection: connection() })).toHaveLength(3)
})

test('none, or all over in time: done', async () => {
  const { model, connection } = await open()
  expect((await lines({ connection: connection() })).map(({ state }) => state)).toEqual(['done'])
  model.scheduled.push({ number: 83, topic: 'Soon', type: 2, start: today + day })
  const [line] = await lines({ connection: connection(), ends: today + 2 * day })
  expect(line).toMatchObject({ state: 'done', why: { en: 'Those to come are all over before the last day.' } })
})

test('without the right nothing is asked, and the right is named; nobody signed in says so', async () => {
  const { practice, connection } = await open()
  const [line] = await lines({ connection: connection(), granted: granularScopes })
  expect(line?.state).toBe('unknown')
  expect(line?.why.en).toContain(right)
  // How it is given, in both languages: the page of the app, the scope by its name, and the command afterwards.
  const grant = line?.next.find(({ command }) => command !== undefined)
  expect(grant?.command).toBe(`holdall connect ${connection().account}`)
  for (const text of [grant?.text?.en, grant?.text?.ja]) {
    expect(text).toContain(right)
    expect(text).toContain('https://marketplace.zoom.us')
    expect(text).toContain('Scopes')
  }
  expect((await lines({}))[0]?.next.every(({ command }) => command === undefined)).toBe(true)
  expect((await lines({}))[0]?.why.en).toContain('Nobody is signed in')
  expect(practice.requests).toEqual([])
  // The older right includes it.
  expect((await lines({ connection: connection(), granted: ['meeting:read'] }))[0]?.state).toBe('done')
})

test('the practice Zoom refuses the call without the right', async () => {
  at = await connect({ scopes: granularScopes })
  await expect(lines({ connection: at.connection() })).rejects.toMatchObject({ kind: 'signin' })
})
