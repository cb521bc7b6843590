import { describe, expect, it } from 'vitest'
import type { Diagnosis } from '../../src/core/diagnosis.ts'
import { createOneDriveModel } from '../../src/practice/microsoft/drive/model.ts'
import type { AadstsCode } from '../../src/practice/microsoft/entra/aadsts.ts'
import { startPracticeMicrosoft } from '../../src/practice/microsoft/practice-microsoft.ts'
import { entraDiagnoses } from '../../src/providers/microsoft/sign-in-errors.ts'
import { closing, heard, signingPerson, tls } from './signing-person.ts'

const beginMicrosoft = async () => {
  const microsoft = closing(await startPracticeMicrosoft({ tls: await tls(), model: createOneDriveModel() }))
  return { microsoft, ...(await signingPerson('microsoft', microsoft.endpoints, microsoft.client)) }
}
describe('what Microsoft refuses', () => {
  const all = (microsoft: Awaited<ReturnType<typeof beginMicrosoft>>['microsoft']) =>
    entraDiagnoses({ authority: microsoft.endpoints.authority, tenant: 'common', clientId: microsoft.client.id })
  const of = (code: string, diagnoses: readonly Diagnosis[]) =>
    diagnoses.find(({ id, aliases = [] }) => id === code || aliases.includes(code))!

  const inRedirect: readonly AadstsCode[] = ['AADSTS65001', 'AADSTS53003']
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

  it('is not read where the sign-in is away: what comes with 5xx says nothing of its own', async () => {
    const { microsoft, finished } = await beginMicrosoft()
    microsoft.consent.refuse('AADSTS90033', { at: 'token' })
    expect((await finished('connect', 'mine')).status).toBe(3)
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
