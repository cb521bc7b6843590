import { describe, expect, it } from 'vitest'
import { missingRights, missingScopes } from '../../src/signin/granted.ts'

const base = 'https://www.googleapis.com/auth'

describe('rights that were not granted', () => {
  it.each<[string, string[], string[], string[]]>([
    [
      'all granted',
      ['openid', 'email', `${base}/drive.readonly`],
      [`${base}/drive.readonly`, 'openid', `${base}/userinfo.email`],
      [],
    ],
    ['the short names given back', ['email', 'profile'], ['email', 'profile'], []],
    ['asked by the long name', [`${base}/userinfo.email`], ['email'], []],
    [
      'one unticked',
      ['openid', `${base}/drive.readonly`, `${base}/gmail.readonly`],
      ['openid', `${base}/gmail.readonly`],
      [`${base}/drive.readonly`],
    ],
    ['nothing granted', ['email', 'x'], [], ['email', 'x']],
    [
      'a right of a similar name',
      [`${base}/drive.readonly`],
      [`${base}/drive.metadata.readonly`, `${base}/drive`],
      [`${base}/drive.readonly`],
    ],
    ['the right of another address', ['email'], ['https://example.org/x/auth/userinfo.email'], ['email']],
    ['offline_access, which no answer names', ['offline_access', 'Files.Read'], ['Files.Read'], []],
  ])('%s', (_, asked, granted, missing) => {
    expect(missingScopes(asked, granted)).toEqual(missing)
  })

  it('are named in words that the page uses, with the command', () => {
    const failure = missingRights('google', 'google/drive', [`${base}/drive.readonly`, 'email'])
    expect(failure.message).toBe('google/drive cannot be read: the sign-in was not given drive.readonly and email')
    expect(failure).toMatchObject({ kind: 'signin', stops: 'source', hint: expect.stringContaining('holdall connect google') })
  })
})
