import { expect, test } from 'vitest'
import { pkce, type Started, start } from './start.ts'

const redirect = 'http://localhost:5000'

async function codeFor({ microsoft, get }: Started, challenge: string, changes: Record<string, string> = {}): Promise<string> {
  const query = new URLSearchParams({
    client_id: microsoft.client.id,
    redirect_uri: redirect,
    response_type: 'code',
    scope: 'openid offline_access Files.Read',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    nonce: 'once',
    ...changes,
  })
  const response = await get(`${microsoft.endpoints.authority}organizations/oauth2/v2.0/authorize?${query}`)
  return new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? ''
}

async function redeem({ microsoft, get }: Started, form: Record<string, string>, tenant = 'organizations') {
  const all = { client_id: microsoft.client.id, grant_type: 'authorization_code', redirect_uri: redirect, ...form }
  const body = new URLSearchParams(all)
  const response = await get(`${microsoft.endpoints.authority}${tenant}/oauth2/v2.0/token`, { method: 'POST', body })
  return (await response.json()) as {
    error_codes?: number[]
    scope?: string
    id_token?: string
    refresh_token?: string
    client_info?: string
  }
}

test('a code is good once, for its verifier, its redirect and ten minutes', async () => {
  let time = Date.now()
  await using started = await start({ now: () => time })
  const { verifier, challenge } = pkce()
  const code_verifier = verifier
  const code = await codeFor(started, challenge)
  const answer = await redeem(started, { code, code_verifier, client_info: '1' })
  expect(answer.scope).toBe('openid Files.Read')
  const claims = JSON.parse(Buffer.from(answer.id_token?.split('.')[1] ?? '', 'base64url').toString()) as object
  expect(claims).toMatchObject({
    nonce: 'once',
    tid: started.microsoft.tenant,
    preferred_username: started.microsoft.account.username,
  })
  expect(JSON.parse(Buffer.from(answer.client_info ?? '', 'base64url').toString())).toEqual({
    uid: started.microsoft.account.oid,
    utid: started.microsoft.tenant,
  })
  expect((await redeem(started, { code, code_verifier })).error_codes).toEqual([54005])
  const table: [form: Record<string, string>, code: number][] = [
    [{ code_verifier: pkce().verifier }, 501481],
    [{ code_verifier: 'short' }, 501481],
    [{ code_verifier: '' }, 900144],
    [{ code_verifier, redirect_uri: 'http://localhost:5001' }, 50011],
    [{ code_verifier, client_secret: 'x' }, 9002313],
  ]
  for (const [form, number] of table) {
    const answered = await redeem(started, { code: await codeFor(started, challenge), ...form })
    expect(answered.error_codes, JSON.stringify(form)).toEqual([number])
  }
  const late = await codeFor(started, challenge)
  time += 601_000
  expect((await redeem(started, { code: late, code_verifier })).error_codes).toEqual([70008])
  const elsewhere = await codeFor(started, challenge)
  expect((await redeem(started, { code: elsewhere, code_verifier }, 'consumers')).error_codes).toEqual([50020])
})

test('without openid no id token, without offline_access no refresh token; names of Graph come back as they were asked for', async () => {
  await using started = await start()
  const { verifier, challenge } = pkce()
  const scope = 'https://graph.microsoft.com/Files.Read'
  const answer = await redeem(started, { code: await codeFor(started, challenge, { scope }), code_verifier: verifier })
  expect(answer).toMatchObject({ scope })
  for (const name of ['id_token', 'refresh_token', 'client_info']) expect(answer).not.toHaveProperty(name)
})

test('a refresh token that was not used for ninety days is dead, and secrets in an address are violations', async () => {
  let time = Date.now()
  await using started = await start({ now: () => time })
  const { microsoft, get } = started
  const { refreshToken } = microsoft.issueTokens(['Files.Read'])
  time += 91 * 24 * 3_600_000
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken }
  expect((await redeem(started, form)).error_codes).toEqual([700082])
  await get(`${microsoft.endpoints.authority}common/oauth2/v2.0/token?refresh_token=x`, {
    method: 'POST',
    body: new URLSearchParams(),
  })
  expect(microsoft.log.violations).toEqual([
    'login.microsoftonline.com: refresh_token in an address (POST /common/oauth2/v2.0/token)',
  ])
  expect(JSON.stringify(microsoft.log.requests)).not.toContain(refreshToken)
})
