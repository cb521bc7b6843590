import { expect, it } from 'vitest'
import { createOneDriveModel } from '../../../src/practice/microsoft/drive/model.ts'
import { aadstsKind, isAadstsCode } from '../../../src/practice/microsoft/entra/aadsts.ts'
import { startPracticeMicrosoft } from '../../../src/practice/microsoft/practice-microsoft.ts'
import { entraDiagnoses } from '../../../src/providers/microsoft/sign-in-errors.ts'
import { closing, signingPerson, tls } from '../signing-person.ts'
import { meet, type Way } from './ways.ts'

/** Answers of the token endpoint to a code: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#error-codes-for-token-endpoint-errors */
const ofTokens =
  'AADSTS50076 AADSTS50079 AADSTS50074 AADSTS50072 AADSTS50078 AADSTS50158 AADSTS7000218 AADSTS700025 AADSTS54005 AADSTS50196 AADSTS70011 consent_required interaction_required invalid_scope unauthorized_client AADSTS700016'
/** Of device codes: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code#expected-errors */
const ofDevices = 'AADSTS530035 AADSTS70018 AADSTS70019 AADSTS70020 expired_token bad_verification_code'
/** Of refresh tokens: https://learn.microsoft.com/entra/identity-platform/refresh-tokens */
const ofRenewals =
  'AADSTS700082 AADSTS70008 AADSTS50173 AADSTS50132 AADSTS50133 AADSTS70043 AADSTS70044 AADSTS700084 AADSTS70000 invalid_grant'
const isOf = (codes: string, code: string) => codes.split(' ').includes(code)

const context = {
  authority: 'https://login.microsoftonline.com/',
  tenant: 'common',
  clientId: 'b0a7c1de-0000-4000-8000-00000000c0de',
}
/** Every number of Microsoft's that a diagnosis covers, and OAuth's words that are one of their own. */
const codes = entraDiagnoses(context).flatMap(({ id, aliases = [] }) => [id, ...aliases.filter((one) => /^AADSTS\d+$/.test(one))])

it.each(codes)('Microsoft refuses: %s', async (code) => {
  if (!isAadstsCode(code)) throw new Error(`the practice Microsoft does not know ${code}`)
  const cloud = closing(
    await startPracticeMicrosoft({ tls: await tls(), model: createOneDriveModel(), deviceIntervalSeconds: 1 }),
  )
  const person = await signingPerson('microsoft', cloud.endpoints, cloud.client)
  const { authority } = cloud.endpoints
  const diagnosis = entraDiagnoses({ ...context, authority, clientId: cloud.client.id }).find(
    ({ id, aliases = [] }) => id === code || aliases.includes(code),
  )!
  const way = ((): Way => {
    if (isOf(ofRenewals, code)) {
      const end = () => {
        cloud.endSignIns(code)
        cloud.expireAccessTokens()
      }
      return { at: 'renewal', source: 'onedrive', end }
    }
    if (isOf(ofDevices, code)) {
      cloud.consent.refuse(code, { at: 'token' })
      return { at: 'device' }
    }
    if (isOf(ofTokens, code)) {
      cloud.consent.refuse(code, { at: 'token' })
      return { at: 'answer' }
    }
    cloud.consent.refuse(code, { at: 'authorize' })
    if (aadstsKind(code).pageOnly !== true) return { at: 'answer' }
    return { at: 'page', page: new RegExp(`having trouble signing you in.*${code}: `, 's') }
  })()
  const read = await meet(person, diagnosis, way)
  expect(read).not.toMatch(/eyJ[\w-]{20}|refresh_token|code_verifier/)
  expect(cloud.errors).toEqual([])
})
