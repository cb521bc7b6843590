import { afterEach, describe, expect, test } from 'vitest'
import { Failure } from '../../../../src/core/failure.ts'
import {
  carryOutTransfer,
  prepareTransfer,
  type TransferRequest,
  type TransferResult,
  toDo,
} from '../../../../src/leave/transfer/transfer.ts'
import type { TransferPlan } from '../../../../src/leave/transfer/transfer-plan.ts'
import { createDriveModel } from '../../../../src/practice/google/model.ts'
import { driveOwnership } from '../../../../src/providers/google/drive/ownership.ts'
import { type Connected, connect, driveReadonly } from '../connect.ts'

const identity = ['openid', 'https://www.googleapis.com/auth/userinfo.email']
const me = 'hanako@example.ac.jp'
const colleague = 'jiro@example.ac.jp'
const outsider = 'taro@elsewhere.example'

let connected: Connected
async function start(scopes: readonly string[], own = me) {
  const model = createDriveModel({ email: own, name: 'Hanako' })
  for (const address of [colleague, outsider, 'jiro@gmail.com', 'saburo@gmail.com'])
    if (address !== own) model.addPerson(address, address)
  connected = await connect({ model, scopes: [...identity, ...scopes] })
  return { model, connection: connected.connection() }
}
afterEach(() => connected.close())

const signal = new AbortController().signal
const plan = (entries: TransferPlan['entries']): TransferPlan => ({ account: 'google', entries })
const request = (over: Pick<TransferRequest, 'plan' | 'connection'> & Partial<TransferRequest>): TransferRequest => ({
  ownership: driveOwnership,
  own: me,
  rule: undefined,
  domains: [],
  signal,
  ...over,
})
const wait = async (request: TransferRequest) => {
  const prepared = await prepareTransfer(request)
  const results: TransferResult[] = []
  for await (const result of carryOutTransfer(prepared, request)) results.push(result)
  return { prepared, results }
}

describe('within an organisation', () => {
  test('a file, shared before or not, and a folder change owner at once; the former owner stays an editor', async () => {
    const { model, connection } = await start(driveOwnership.scopes)
    const alone = model.addFile('alone.txt', 'a')
    const shared = model.addFile('shared.txt', 'b', { sharedWith: { [colleague]: 'reader' } })
    const folder = model.addFolder('Papers')
    const inside = model.addFile('inside.txt', 'c', { parent: folder.id })
    const entries = [alone, shared, folder].map(({ id, name }) => ({ id, name, to: colleague }))
    const { prepared, results } = await wait(request({ plan: plan(entries), connection }))
    expect(toDo(prepared)).toHaveLength(3)
    expect(results.map(({ given }) => given)).toEqual(['given', 'given', 'given'])
    expect([alone, shared, folder, inside].map(({ id }) => model.get(id)!.owner)).toEqual([colleague, colleague, colleague, me])
    expect(model.get(alone.id)!.grants).toMatchObject([{ email: me, role: 'writer' }])
    // A second time: nothing is asked for again.
    const again = await wait(request({ plan: plan(entries), connection }))
    expect(toDo(again.prepared)).toEqual([])
    expect(again.results.map(({ given, before }) => [given, before])).toEqual([
      ['given', 'given'],
      ['given', 'given'],
      ['given', 'given'],
    ])
  })

  test('looking changes nothing and needs no right to write', async () => {
    const { model, connection } = await start([driveReadonly])
    const file = model.addFile('a.txt', 'a')
    const entries = [{ id: file.id, name: 'a.txt', to: colleague }]
    expect(toDo(await prepareTransfer(request({ plan: plan(entries), connection })))).toHaveLength(1)
    expect(connected.practice.violations).toEqual([])
    const { results } = await wait(request({ plan: plan(entries), connection }))
    expect(results[0]!.given).toBeUndefined()
    expect(results[0]!.failure?.kind).toBe('signin')
    expect(model.get(file.id)!.owner).toBe(me)
  })

  test('what is not owned, not there, called otherwise, in a shared drive or meant for an outsider is refused before anything is tried', async () => {
    const { model, connection } = await start(driveOwnership.scopes)
    const theirs = model.addFile('theirs.txt', 'a', { owner: colleague, sharedWith: { [me]: 'writer' } })
    const mine = model.addFile('mine.txt', 'b')
    const drive = model.addSharedDrive('Lab', { [me]: 'organizer', [colleague]: 'writer' })
    const labs = model.addFile('labs.txt', 'c', { driveId: drive.id, parent: drive.id })
    const prepared = await prepareTransfer(
      request({
        plan: plan([
          { id: theirs.id, name: 'theirs.txt', to: 'saburo@example.ac.jp' },
          { id: 'nowhere1', name: 'x', to: colleague },
          { id: mine.id, name: 'another name', to: colleague },
          { id: labs.id, name: 'labs.txt', to: colleague },
        ]),
        connection,
      }),
    )
    expect(toDo(prepared)).toEqual([])
    expect(prepared.map(({ objection }) => objection?.message)).toEqual([
      expect.stringContaining('you do not own it'),
      expect.stringContaining('not there'),
      expect.stringContaining('it is called "mine.txt"'),
      expect.stringContaining('you do not own it'),
    ])
    expect(connected.practice.requests.filter(({ method }) => method !== 'GET')).toEqual([])
  })

  test("the organisation's rules decide, with their reason", async () => {
    const { model, connection } = await start(driveOwnership.scopes)
    const file = model.addFile('a.txt', 'a')
    const text = { en: 'only to members', ja: '構成員のみ' }
    const why = async (to: string, rule: TransferRequest['rule'], domains: readonly string[] = []) => {
      const [one] = await prepareTransfer(
        request({ plan: plan([{ id: file.id, name: 'a.txt', to }]), connection, rule, domains }),
      )
      return one!.objection?.said('ja').message
    }
    expect(await why(outsider, { to: 'inside', text })).toContain('構成員のみ')
    expect(await why('x@lab.example.ac.jp', { to: 'inside', text }, ['lab.example.ac.jp'])).toBeUndefined()
    expect(await why(colleague, { to: 'inside', text })).toBeUndefined()
    expect(await why(colleague, { to: 'nobody', text })).toContain('構成員のみ')
  })

  test('what Google refuses is said of the file, and the others go on', async () => {
    const { model, connection } = await start(driveOwnership.scopes)
    const first = model.addFile('a.txt', 'a')
    const second = model.addFile('b.txt', 'b')
    const { results } = await wait(
      request({
        plan: plan([
          { id: first.id, name: 'a.txt', to: outsider },
          { id: second.id, name: 'b.txt', to: colleague },
        ]),
        connection,
      }),
    )
    expect(results.map(({ given }) => given)).toEqual([undefined, 'given'])
    expect(results[0]!.failure).toBeInstanceOf(Failure)
    expect(model.get(first.id)!.owner).toBe(me)
  })

  test('an answer that was lost is not believed to be a failure', async () => {
    const { model, connection } = await start(driveOwnership.scopes)
    const file = model.addFile('a.txt', 'a')
    const rule = connected.practice.addFault({
      match: { method: 'POST', pathPattern: /permissions$/ },
      do: { truncatedJson: true },
    })
    const { results } = await wait(request({ plan: plan([{ id: file.id, name: 'a.txt', to: colleague }]), connection }))
    expect(rule.struck()).toBe(1)
    expect(results[0]!.given).toBe('given')
  })
})

describe('between personal accounts', () => {
  test('it is an offer, and the file stays until it is accepted; to an organisation it is refused', async () => {
    const own = 'jiro@gmail.com'
    const { model, connection } = await start(driveOwnership.scopes, own)
    const file = model.addFile('a.txt', 'a')
    const shared = model.addFile('b.txt', 'b', { sharedWith: { 'saburo@gmail.com': 'reader' } })
    const { results } = await wait(
      request({
        own,
        plan: plan([
          { id: file.id, name: 'a.txt', to: 'saburo@gmail.com' },
          { id: shared.id, name: 'b.txt', to: 'saburo@gmail.com' },
        ]),
        connection,
      }),
    )
    expect(results.map(({ given }) => given)).toEqual(['offered', 'offered'])
    expect(model.get(file.id)!.owner).toBe(own)
    const [one] = await prepareTransfer(request({ own, plan: plan([{ id: file.id, name: 'a.txt', to: colleague }]), connection }))
    expect(one!.objection?.message).toContain('between an organisation and personal accounts')
  })
})
