import { describe, expect, it } from 'vitest'
import { googleSignIn } from '../../../src/providers/google/sign-in.ts'

describe("Google's sign-in", () => {
  it('asks for a refresh token each time, and for who signed in', () => {
    expect(googleSignIn.parameters).toEqual({ access_type: 'offline', prompt: 'consent select_account' })
    expect(googleSignIn.identityScopes).toEqual(['openid', 'email'])
    expect(googleSignIn.rotates).toBe(false)
    expect(googleSignIn.deviceAuthorizationEndpoint).toBeUndefined()
  })

  it.each<[string, string, RegExp, RegExp, { description?: string; subtype?: string }?]>([
    ['access_denied', 'signin', /not given/, /Test users/],
    ['admin_policy_enforced', 'signin', /administrator/, /Internal/],
    ['org_internal', 'signin', /members of one organisation/, /External/],
    ['invalid_client', 'settings', /client id/, /holdall\.yaml/],
    ['deleted_client', 'settings', /six months/, /restore/],
    ['unauthorized_client', 'settings', /may not/, /Desktop app/],
    ['redirect_uri_mismatch', 'settings', /Desktop app/, /Desktop app/],
    ['invalid_scope', 'settings', /right/, /scopes/],
    ['disallowed_useragent', 'signin', /inside another program/, /--no-browser/],
    [
      'invalid_grant',
      'signin',
      /ended or was withdrawn/,
      /7 days.*Publish app.*password.*six months/,
      { description: 'Token has been expired or revoked.' },
    ],
    [
      'invalid_grant',
      'signin',
      /organisation/,
      /sign in again/,
      { description: 'reauth related error (invalid_rapt)', subtype: 'invalid_rapt' },
    ],
    ['invalid_grant', 'signin', /deleted/, /administrator/, { description: 'Account has been deleted' }],
    ['invalid_grant', 'signin', /answer of the browser/, /newest address/, { description: 'Malformed auth code.' }],
  ])('explains %s as %s', (code, kind, message, hint, more = {}) => {
    const failure = googleSignIn.explain({ code, ...more })
    expect(failure).toMatchObject({
      kind,
      stops: 'account',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    })
  })

  it('leaves what it does not know to the general words', () => {
    expect(googleSignIn.explain({ code: 'server_error' })).toBeUndefined()
    expect(googleSignIn.explain({ code: 'constructor' })).toBeUndefined()
  })
})
