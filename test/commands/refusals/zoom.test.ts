import { expect, it } from 'vitest'
import { createRecordingsModel } from '../../../src/practice/zoom/model.ts'
import { type PracticeZoom, startPracticeZoom } from '../../../src/practice/zoom/practice-zoom.ts'
import { granularScopes } from '../../../src/practice/zoom/scopes.ts'
import { zoomDiagnoses } from '../../../src/providers/zoom/sign-in-diagnoses.ts'
import { closing, signingPerson, tls } from '../signing-person.ts'
import { meet, type Way } from './ways.ts'

const page = (words: RegExp): Way => ({ at: 'page', page: words })
const number = (code: string) => page(new RegExp(`"status":false,"errorCode":${code},`))
const answer: Way = { at: 'answer' }
const renewal = (end: () => void): Way => ({ at: 'renewal', source: 'recordings', end })

interface Setting {
  readonly cloud: PracticeZoom
  readonly clock: { ahead: number }
}

/** Brings about each number of the table at https://developers.zoom.us/docs/integrations/oauth/, and what has none, where Zoom says it. */
const ways: Readonly<Record<string, (setting: Setting) => Way>> = {
  '4702': () => number('4702'),
  '4704': () => answer,
  '4706': () => answer,
  '4705'({ cloud }) {
    cloud.setApp({ device: false })
    return { at: 'device' }
  },
  '4709': () => number('4709'),
  '4711': ({ cloud }) =>
    renewal(() => {
      cloud.setApp({ scopes: granularScopes.slice(1) })
      cloud.expireAccessTokens()
    }),
  app_not_approved({ cloud }) {
    cloud.setApp({ state: 'not-approved' })
    return page(/You cannot authorize the app/)
  },
  '4717'({ cloud }) {
    cloud.setApp({ state: 'disabled' })
    return number('4717')
  },
  '4738': ({ cloud }) =>
    renewal(() => {
      cloud.setApp({ state: 'disabled-by-admin' })
      cloud.expireAccessTokens()
    }),
  '4724': ({ cloud }) => renewal(() => cloud.endSignIns('bad-signature')),
  '4732'({ cloud }) {
    cloud.setApp({ state: 'no-codes' })
    return number('4732')
  },
  '4733'({ clock }) {
    clock.ahead = 6 * 60_000
    return answer
  },
  '4734': () => ({ at: 'pasted code' }),
  '4735': ({ cloud }) => renewal(() => cloud.endSignIns('owner-gone')),
  '4737': ({ cloud }) => renewal(() => cloud.endSignIns('unknown')),
  '4740': ({ cloud }) => renewal(() => cloud.endSignIns('tolerance')),
  '4741': ({ cloud }) => renewal(() => cloud.endSignIns('revoked')),
  '4700'({ cloud }) {
    cloud.setApp({ state: 'unexpected' })
    return number('4700')
  },
  access_denied({ cloud }) {
    cloud.consent.deny()
    return answer
  },
}

const numbers = zoomDiagnoses.flatMap(({ id, aliases = [] }) => [id, ...aliases.filter((one) => /^4\d{3}$/.test(one))])

it.each(numbers)('Zoom refuses: %s', async (id) => {
  const way = ways[id]
  if (way === undefined) throw new Error(`nothing here makes the practice Zoom refuse with ${id}`)
  const diagnosis = zoomDiagnoses.find((one) => one.id === id || one.aliases?.includes(id) === true)!
  // Codes grow old between the redirect and the exchange: the redirect is the last that sees the earlier time.
  const clock = { ahead: 0 }
  let redirected = false
  const now = () => Date.now() + (redirected ? clock.ahead : 0)
  const redirects = id === '4709' ? ['https://example.org/'] : ['http://127.0.0.1/callback']
  const cloud: PracticeZoom = closing(
    await startPracticeZoom({ tls: await tls(), model: createRecordingsModel(), redirects, now }),
  )
  cloud.addFault({
    match({ path }) {
      redirected ||= path.endsWith('/oauth/token')
      return false
    },
    do: { status: 500 },
  })
  const client = clients[id]?.(cloud) ?? { id: cloud.client.publicId }
  const person = await signingPerson('zoom', cloud.endpoints, client)
  const read = await meet(person, diagnosis, way({ cloud, clock }))
  expect(read).not.toContain(cloud.client.secret)
  expect(read).not.toMatch(/eyJ[\w-]{20}|code_verifier/)
  expect([cloud.errors, cloud.violations]).toEqual([[], []])
})

const clients: Readonly<Record<string, (cloud: PracticeZoom) => { readonly id: string; readonly secret?: string }>> = {
  '4702': () => ({ id: 'somebodyElses' }),
  '4704': ({ client }) => ({ id: client.id, secret: 'mistyped' }),
  '4706': ({ client }) => ({ id: client.id }),
  '4705': ({ client }) => ({ id: client.id, secret: client.secret }),
}

it('lists no way to a refusal that is stated no more', () => {
  expect(Object.keys(ways).toSorted()).toEqual(numbers.toSorted())
})
