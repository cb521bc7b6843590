import { describe, expect, it, test } from 'vitest'
import { entraDiagnoses, entraFailure, readEntraError } from '../../../src/providers/microsoft/sign-in-errors.ts'

const context = { authority: 'https://login.microsoftonline.com/', tenant: 'uni.example', clientId: 'client-1' }
const explain = (error: string, description?: string, more = {}) => entraFailure({ error, description }, { ...context, ...more })
const trace =
  'Trace ID: 11111111-2222-3333-4444-555555555555 Correlation ID: 66666666-7777-8888-9999-000000000000 Timestamp: 2026-11-24 12:00:00Z'

describe('what an error of the sign-in means', () => {
  it.each<[number, 'signin' | 'settings' | 'transient', RegExp, RegExp]>([
    [
      65001,
      'signin',
      /nobody has agreed/,
      /administrator.*https:\/\/login\.microsoftonline\.com\/uni\.example\/adminconsent\?client_id=client-1/,
    ],
    [90094, 'signin', /only an administrator/, /adminconsent\?client_id=client-1.*"shared: true"/],
    [90095, 'signin', /request has gone to them/, /wait/],
    [50105, 'signin', /only chosen people/, /assign you/],
    [53003, 'signin', /Conditional Access/, /administrator/],
    [53000, 'signin', /only computers in that meet its rules/, /organisation manages/],
    [530035, 'signin', /security defaults/, /without --device/],
    [700016, 'settings', /does not know this client id/, /client\.id in holdall\.yaml/],
    [7000218, 'settings', /without a secret/, /Allow public client flows/],
    [50020, 'signin', /does not belong to the organisation/, /tenant/],
    [50059, 'settings', /which organisation/, /tenant.*after the @/],
    [90002, 'settings', /no organisation/, /tenant/],
    [50076, 'signin', /second proof/, /sign in again/],
    [50079, 'signin', /set up a second proof/, /aka\.ms\/mfasetup/],
    [50173, 'signin', /password was changed/, /sign in again/],
    [70008, 'signin', /not used for long/, /sign in again/],
    [700082, 'signin', /not used for long/, /sign in again/],
    [65004, 'signin', /declined/, /agree.*wants an administrator.*adminconsent\?client_id=client-1/],
    [500113, 'settings', /back to this computer/, /http:\/\/localhost.*Mobile and desktop/],
    [50011, 'settings', /back to this computer/, /http:\/\/localhost.*Mobile and desktop/],
    [9002331, 'settings', /personal accounts only/, /tenant: consumers/],
    [7000112, 'settings', /disabled/, /enable it/],
    [65005, 'settings', /not registered with/, /API permissions/],
    [50194, 'settings', /one directory only/, /Directory \(tenant\) ID/],
  ])('AADSTS%i', (number, kind, message, hint) => {
    const failure = explain('invalid_grant', `AADSTS${number}: Something in Microsoft's words. ${trace}`)
    expect(failure).toMatchObject({
      kind,
      stops: 'account',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    })
    expect(failure.message).toContain(`(AADSTS${number})`)
  })

  it('knows an app for personal accounts by the words that have no number', () => {
    const description =
      "The request is not valid for the application's 'userAudience' configuration. In order to use /common/ endpoint, the application must not be configured with 'Consumer' as the user audience."
    expect(explain('invalid_request', description)).toMatchObject({
      kind: 'settings',
      hint: expect.stringContaining('tenant: consumers'),
    })
  })

  it('takes the word of OAuth where the number is not known, with the sentence but without what identifies', () => {
    const failure = explain('invalid_grant', `AADSTS999999: The thing is ${'x'.repeat(50)} at https://x.example/?t=1. ${trace}`)
    expect(failure.message).toBe('the sign-in at Microsoft has ended or was withdrawn: The thing is … at … (AADSTS999999)')
    expect(explain('something_new').message).toContain('(something_new)')
    expect(explain('<b>').message).toContain('an unknown error')
    expect(explain('constructor').message).toContain('refused the sign-in')
    const denied = explain('authorization_declined', 'The end-user denied the authorization request.')
    expect(denied.kind).toBe('signin')
    expect(denied.hint).toContain('adminconsent?client_id=client-1')
  })

  it.each([
    ['common', 'organizations'],
    ['organizations', 'organizations'],
    ['uni.example', 'uni.example'],
  ])('sends the administrator to the right directory for tenant: %s', (tenant, directory) => {
    expect(explain('x', 'AADSTS90094: x', { tenant }).hint).toContain(`microsoftonline.com/${directory}/adminconsent`)
  })
})

test('what Microsoft’s support needs is kept of a refusal, and nothing besides its sentence', () => {
  const { refusal } = explain('invalid_grant', `AADSTS53003: Blocked at https://x.example/?t=1. ${trace}`)
  expect(refusal).toEqual({
    code: 'AADSTS53003',
    description: 'Blocked at …',
    traceId: '11111111-2222-3333-4444-555555555555',
    correlationId: '66666666-7777-8888-9999-000000000000',
    timestamp: '2026-11-24 12:00:00Z',
  })
  expect(explain('invalid_grant', 'AADSTS53003: x. Trace ID: <b>').refusal).toEqual({ code: 'AADSTS53003', description: 'x' })
})

test('no letter says that less is asked for than may be: what others shared is not one’s own', () => {
  const diagnoses = entraDiagnoses(context)
  for (const { letter } of diagnoses) {
    expect(letter?.en ?? '').not.toMatch(/\bmy own files\b|\balone\b/)
    expect(letter?.ja ?? '').not.toMatch(/私自身のファイル/)
  }
  expect(diagnoses.filter(({ letter }) => letter !== undefined && /rights to read/.test(letter.en)).length).toBeGreaterThan(3)
})

test('no code is in two rows, and every documented one of the issue is in one', () => {
  const codes = entraDiagnoses(context).flatMap(({ id, aliases = [] }) => [id, ...aliases])
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([])
  const named =
    '65001 65004 90094 90095 50105 50020 53003 53000 50076 50079 700016 7000218 50011 500011 90072 70008 700082 50173 65005 700025'
  expect(codes).toEqual(expect.arrayContaining(named.split(' ').map((number) => `AADSTS${number}`)))
})

test.each([
  [
    { error: 'invalid_grant', error_description: 'AADSTS50076: x' },
    { error: 'invalid_grant', description: 'AADSTS50076: x' },
  ],
  [{ error: 'slow_down' }, { error: 'slow_down', description: undefined }],
  [{ access_token: 'x' }, undefined],
  [{ error: { code: 'x' } }, undefined],
  [null, undefined],
])('reads the error of %o', (body, error) => {
  expect(readEntraError(body)).toEqual(error)
})
