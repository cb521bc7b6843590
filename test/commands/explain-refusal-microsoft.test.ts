import { describe, expect, it } from 'vitest'
import type { Diagnosis } from '../../src/core/diagnosis.ts'
import { createOneDriveModel } from '../../src/practice/microsoft/drive/model.ts'
import { type AadstsCode, aadstsKind } from '../../src/practice/microsoft/entra/aadsts.ts'
import { startPracticeMicrosoft } from '../../src/practice/microsoft/practice-microsoft.ts'
import { entraDiagnoses } from '../../src/providers/microsoft/sign-in-errors.ts'
import { closing, heard, signingPerson, tls, unheard } from './signing-person.ts'

const beginMicrosoft = async () => {
  const microsoft = closing(await startPracticeMicrosoft({ tls: await tls(), model: createOneDriveModel() }))
  return { microsoft, ...(await signingPerson('microsoft', microsoft.endpoints, microsoft.client)) }
}
describe('what Microsoft refuses', () => {
  const all = (microsoft: Awaited<ReturnType<typeof beginMicrosoft>>['microsoft']) =>
    entraDiagnoses({ authority: microsoft.endpoints.authority, tenant: 'common', clientId: microsoft.client.id })
  const of = (code: string, diagnoses: readonly Diagnosis[]) =>
    diagnoses.find(({ id, aliases = [] }) => id === code || aliases.includes(code))!

  const inRedirect: readonly AadstsCode[] = [
    'AADSTS65001',
    'AADSTS65004',
    'AADSTS90094',
    'AADSTS50105',
    'AADSTS53003',
    'AADSTS53000',
    'AADSTS53001',
    'AADSTS50053',
    'AADSTS50055',
    'AADSTS50057',
    'AADSTS65005',
    'AADSTS7000112',
  ]
  it.each(inRedirect)('comes back by the browser: %s', async (code) => {
    const { microsoft, ...person } = await beginMicrosoft()
    microsoft.consent.refuse(code, { at: 'authorize' })
    const { err, explained } = await heard(person, of(code, all(microsoft)))
    expect(err).toContain(code)
    // What Microsoft's support asks for.
    expect(explained).toMatch(/Correlation ID: [0-9a-f-]{36}/)
    expect(explained).toMatch(/Trace ID: [0-9a-f-]{36}/)
    expect(explained).toMatch(/Time: \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ/)
    expect(explained).toContain(`App (client id): ${microsoft.client.id}`)
    expect(explained).toMatch(/Rights asked for: .*Files\.Read/)
  })

  it.each<AadstsCode>([
    'AADSTS50076',
    'AADSTS50079',
    'AADSTS50074',
    'AADSTS530035',
    'AADSTS700025',
    'AADSTS7000218',
    'AADSTS54005',
    'AADSTS90033',
    'AADSTS70000',
  ])('is an answer of the token endpoint: %s', async (code) => {
    const { microsoft, ...person } = await beginMicrosoft()
    microsoft.consent.refuse(code, { at: 'token' })
    if (aadstsKind(code).status === 503) {
      // What comes with 5xx is never read: the server is away, whatever its body says.
      expect((await person.finished('connect', 'mine')).status).toBe(3)
    } else await heard(person, of(code, all(microsoft)))
  })

  it.each<AadstsCode>([
    'AADSTS50020',
    'AADSTS16000',
    'AADSTS50034',
    'AADSTS500011',
    'AADSTS50011',
    'AADSTS50194',
    'AADSTS700016',
    'AADSTS90072',
    'AADSTS90095',
  ])('is shown in the browser alone: %s', async (code) => {
    const { microsoft, ...person } = await beginMicrosoft()
    microsoft.consent.refuse(code, { at: 'authorize' })
    const refused = () => microsoft.log.requests.some(({ path, status }) => path.endsWith('/authorize') && status >= 400)
    await unheard(person, of(code, all(microsoft)), refused, code.slice('AADSTS'.length))
  })

  it('says where a right is given, and of no box, which its page has not', async () => {
    const { microsoft, finished } = await beginMicrosoft()
    microsoft.consent.grantOnly(['User.Read'])
    const { status, err } = await finished('connect', 'mine', '--lang', 'ja')
    expect(status).toBe(4)
    expect(err).not.toMatch(/box|チェックボックス/)
    expect(err).toContain('権限 Files.Read が与えられていません')
    expect(err).toContain('「API のアクセス許可」')
  })
})
