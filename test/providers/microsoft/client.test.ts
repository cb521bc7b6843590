import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Failure } from '../../../src/core/failure.ts'
import type { Connection } from '../../../src/core/provider.ts'
import { answerOf, graphClient } from '../../../src/providers/microsoft/client.ts'

/** A connection whose network is `answer`; what was asked is kept. */
const connected = (answer: (url: string) => Promise<Response>) => {
  const asked: { url: string; headers: Headers; signal: boolean; price: object }[] = []
  const connection: Connection = {
    account: 'microsoft',
    settings: {},
    endpoints: { graph: 'https://graph.test/' },
    transport: {
      send: () => Promise.reject(new Error('not used')),
      fetch: (cost) => async (input, init) => {
        const url = String(input)
        const price = cost({ method: init?.method ?? 'GET', url: new URL(url) })
        asked.push({ url, headers: new Headers(init?.headers), signal: init?.signal != null, price })
        return answer(url)
      },
    },
  }
  return { client: graphClient(connection), asked }
}

const json = async () => new Response('{"value":[1,2]}', { headers: { 'content-type': 'application/json' } })
const page = z.object({ value: z.array(z.number()) })
const { signal } = new AbortController()

describe("Graph's client", () => {
  it('sends through the transport, decorated, priced and without a bearer of its own', async () => {
    const { client, asked } = connected(json)
    const call = client.api('/me/drive/root/delta').query({ $top: '200' }).options({ signal }).get()
    expect(await answerOf('delta', call, page, signal)).toEqual({ value: [1, 2] })
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({
      url: 'https://graph.test/v1.0/me/drive/root/delta?$top=200',
      signal: true,
      price: { budget: 'graph', cost: 2 },
    })
    expect(asked[0]?.headers.get('user-agent')).toBe('NONISV|Holdall|Holdall/0.1')
    expect(asked[0]?.headers.get('authorization')).toBeNull()
  })

  it('hands on the Failure of the transport, asked once, and not in the library’s words', async () => {
    const gone = new Failure('gone', 'not there', { hint: 'look elsewhere' })
    const { client, asked } = connected(() => Promise.reject(gone))
    const call = client.api('https://graph.test/v1.0/me/drive/items/1?$select=id').get()
    await expect(answerOf('item', call, page, signal)).rejects.toBe(gone)
    expect(asked.map(({ url }) => url)).toEqual(['https://graph.test/v1.0/me/drive/items/1?$select=id'])
  })

  it('hands on the reason of the signal', async () => {
    const stop = new AbortController()
    const reason = new Error('enough')
    const { client } = connected(async () => {
      stop.abort(reason)
      throw reason
    })
    await expect(answerOf('item', client.api('/me').get(), page, stop.signal)).rejects.toBe(reason)
  })

  it('says where an answer has another form', async () => {
    const { client } = connected(async () => new Response('{"value":["a"]}', { headers: { 'content-type': 'application/json' } }))
    await expect(answerOf('delta', client.api('/me').get(), page, signal)).rejects.toMatchObject({
      kind: 'corrupt',
      message: expect.stringContaining('(at value.0)'),
    })
  })

  it('takes an answer that is no JSON for corrupt', async () => {
    const { client } = connected(async () => new Response('<html>', { headers: { 'content-type': 'application/json' } }))
    await expect(answerOf('delta', client.api('/me').get(), page, signal)).rejects.toMatchObject({ kind: 'corrupt' })
  })
})
