import { expect, it } from 'vitest'
import { createDriveModel } from '../../../src/practice/google/model.ts'
import { type PracticeGoogle, startPracticeGoogle } from '../../../src/practice/google/practice-google.ts'
import { googleDiagnoses } from '../../../src/providers/google/sign-in-diagnoses.ts'
import { closing, signingPerson, tls } from '../signing-person.ts'
import { meet, type Way } from './ways.ts'

const page = (words: RegExp, userAgent?: string): Way => ({
  at: 'page',
  page: words,
  ...(userAgent === undefined ? {} : { userAgent }),
})
const answer: Way = { at: 'answer' }
const renewal = (end: () => void): Way => ({ at: 'renewal', source: 'drive', end })

/** Brings about each refusal where Google documents it. */
const ways: Readonly<Record<string, (cloud: PracticeGoogle) => Way>> = {
  access_denied(cloud) {
    cloud.consent.deny()
    return answer
  },
  admin_policy_enforced(cloud) {
    cloud.setApp({ policy: 'blocked' })
    return page(/Error 400: admin_policy_enforced/)
  },
  access_blocked(cloud) {
    cloud.setApp({ testUsers: ['somebody@else.example'] })
    return page(/Error 403: access_denied\s+Access blocked: .* has not completed the Google verification process/)
  },
  org_internal(cloud) {
    cloud.setApp({ audience: 'internal' })
    return page(/Error 403: org_internal/)
  },
  disallowed_useragent: () =>
    page(
      /Error 403: disallowed_useragent/,
      'Mozilla/5.0 (Linux; Android 15; Pixel 9; wv) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36',
    ),
  invalid_client: () => answer,
  deleted_client(cloud) {
    cloud.setApp({ client: 'deleted' })
    return page(/Error 401: deleted_client/)
  },
  disabled_client(cloud) {
    cloud.setApp({ client: 'disabled' })
    return page(/Error 401: disabled_client/)
  },
  restricted_client(cloud) {
    cloud.setApp({ restrictedTo: [] })
    return page(/Error 403: restricted_client/)
  },
  unauthorized_client(cloud) {
    cloud.setApp({ grantType: 'refused' })
    return answer
  },
  redirect_uri_mismatch(cloud) {
    cloud.setApp({ type: 'web' })
    return page(/Error 400: redirect_uri_mismatch/)
  },
  invalid_scope(cloud) {
    cloud.setApp({ unknownScopes: ['https://www.googleapis.com/auth/drive.readonly'] })
    return page(/Error 400: invalid_scope/)
  },
  rate_limit_exceeded(cloud) {
    cloud.setApp({ full: true })
    return page(/Error 403: rate_limit_exceeded/)
  },
  invalid_grant: (cloud) => renewal(() => cloud.endSignIns('expired')),
  invalid_rapt: (cloud) => renewal(() => cloud.endSignIns('invalid_rapt')),
  account_deleted: (cloud) => renewal(() => cloud.endSignIns('account-deleted')),
  wrong_code: () => ({ at: 'pasted code' }),
}

const secrets = { secret: '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789' }

it.each(googleDiagnoses.map((one) => [one.id, one] as const))('Google refuses: %s', async (id, diagnosis) => {
  const way = ways[id]
  if (way === undefined) throw new Error(`nothing here makes the practice Google refuse with ${id}`)
  const client = { id: '0-practice.apps.googleusercontent.com', secret: secrets.secret }
  const cloud = closing(await startPracticeGoogle({ tls: await tls(), model: createDriveModel(), client }))
  const known = id === 'invalid_client' ? { ...client, secret: `${client.secret}-mistyped` } : client
  const person = await signingPerson('google', cloud.endpoints, known)
  const read = await meet(person, diagnosis, way(cloud))
  expect(read).not.toContain(secrets.secret)
  expect(read).not.toMatch(/ya29\.|1\/\/0|4\/0A|code_verifier=/)
  expect([cloud.errors, cloud.violations]).toEqual([[], []])
})

it('lists no way to a refusal that is stated no more', () => {
  expect(Object.keys(ways).toSorted()).toEqual(googleDiagnoses.map(({ id }) => id).toSorted())
})

it('an administrator who blocks the app later ends the sign-in with the same explanation', async () => {
  const cloud = closing(await startPracticeGoogle({ tls: await tls(), model: createDriveModel() }))
  const person = await signingPerson('google', cloud.endpoints, cloud.client)
  const diagnosis = googleDiagnoses.find(({ id }) => id === 'admin_policy_enforced')!
  await meet(
    person,
    diagnosis,
    renewal(() => {
      cloud.setApp({ policy: 'blocked' })
      cloud.expireAccessTokens()
    }),
  )
})
