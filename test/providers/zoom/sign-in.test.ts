import { describe, expect, test } from 'vitest'
import { zoom } from '../../../src/providers/zoom/provider.ts'
import { sameScopes } from '../../../src/providers/zoom/scopes.ts'
import { zoomSignIn } from '../../../src/providers/zoom/sign-in.ts'

const { explain } = zoomSignIn

describe('what Zoom answers to a sign-in', () => {
  const table: [string, string | undefined, string | undefined][] = [
    ['invalid_client', 'Invalid client_id or client_secret', 'settings'],
    ['4702', undefined, 'settings'],
    ['invalid_request', 'Client ID or client secret is missing (4706)', 'settings'],
    ['unsupported_grant_type', undefined, 'settings'],
    ['invalid_request', 'Redirect URI mismatch.', 'settings'],
    ['4709', undefined, 'settings'],
    ['4711', undefined, 'signin'],
    ['invalid_client', 'The app has been disabled', 'signin'],
    ['4732', undefined, 'transient'],
    ['server_error', 'Creating authorization code error.', 'transient'],
    ['invalid_grant', 'Invalid JWT token.', 'signin'],
    ['invalid_grant', 'Code is expired', 'signin'],
    ['invalid_grant', 'Invalid authorization code.', 'signin'],
    ['invalid_grant', 'The owner of the token does not exist.', 'signin'],
    ['invalid_grant', 'Can not find the authentication for the access token.', 'signin'],
    ['invalid_grant', 'The token is disabled by admin.', 'signin'],
    ['invalid_grant', 'The token ID is out of the token tolerance range.', 'signin'],
    ['invalid_grant', 'The token has been revoked. (4741)', 'signin'],
    // As seen for a refresh token that is not known any more, without a number.
    ['invalid_grant', 'Invalid Token!', 'signin'],
    ['4700', undefined, 'signin'],
    ['access_denied', undefined, 'signin'],
    // Left to what is known of any service.
    ['invalid_grant', 'something new', undefined],
    ['toString', undefined, undefined],
  ]
  test.each(table)('%s %s is %s', (code, description, kind) => {
    const failure = explain({ code, ...(description !== undefined && { description }) })
    expect(failure?.kind).toBe(kind)
    if (failure !== undefined) expect(failure.hint).toMatch(/\w/)
  })

  test('the number says more than the words around it', () => {
    expect(explain({ code: 'invalid_grant', description: 'errorCode 4741' })?.hint).toMatch(/app of its own/)
    expect(explain({ code: 'invalid_grant', subtype: '4738' })?.message).toMatch(/administrator/)
  })
})

test('rights: those of today are asked for, the older and the broader ones say the same', () => {
  expect([...zoomSignIn.identityScopes, ...zoom.sources[0]!.scopes({})]).toEqual([
    'user:read:user',
    'cloud_recording:read:list_user_recordings',
    'cloud_recording:read:list_recording_files',
  ])
  expect(sameScopes('cloud_recording:read:list_user_recordings')).toEqual(
    expect.arrayContaining([
      'cloud_recording:read:list_user_recordings',
      'cloud_recording:read:list_user_recordings:admin',
      'recording:read',
      'recording:read:admin',
    ]),
  )
  expect(sameScopes('user:read:user')).toContain('user:read')
  expect(sameScopes('other:right')).not.toContain('recording:read')
})

test('the token goes to the API and to hosts of zoom.us, at a practice Zoom to its two alone', () => {
  const real = zoom.credentialOrigins(zoom.endpoints({}))
  expect(real).toEqual(['https://api.zoom.us', 'https://zoom.us', 'https://*.zoom.us'])
  expect(zoom.credentialOrigins({ api: 'https://127.0.0.1:1/v2/', download: 'https://127.0.0.1:2/' })).toEqual([
    'https://127.0.0.1:1',
    'https://127.0.0.1:2',
  ])
})

test('at most two calls a second and four downloads', () => {
  const [calls, downloads] = zoom.budgets
  expect(calls).toMatchObject({ id: 'calls', unitsPerSecond: 2, burst: 1 })
  expect(downloads).toMatchObject({ id: 'downloads', concurrency: 4 })
})
