import { expect, test } from 'vitest'
import { createOneDriveModel } from '../../../src/practice/microsoft/drive/model.ts'
import { type Started, start } from './start.ts'

test('what Graph refuses, and how', async () => {
  await using started = await start()
  const { model } = started
  const file = model.addFile('a', 'x')
  const table: [path: string, status: number, code: string, message: string][] = [
    [
      'me/drive/root/delta?$select=id,nam',
      400,
      'BadRequest',
      "Could not find a property named 'nam' on type 'microsoft.graph.driveItem'",
    ],
    ['me/drive/root/delta?$top=1001', 400, 'BadRequest', 'limit'],
    ['me/drive/root/delta?$top=0', 400, 'BadRequest', '$top'],
    ['me/drive/root/delta?$top=5&$top=6', 400, 'BadRequest', 'more than once'],
    ['me/drive/root/delta?$filter=id', 400, 'BadRequest', '$filter'],
    ['me/drive/root/delta?pageSize=5', 400, 'BadRequest', 'pageSize'],
    ['me/drive/root/children?$orderby=color', 400, 'BadRequest', 'color'],
    ['me/drive/root/children?$skiptoken=abc', 400, 'BadRequest', '$skiptoken'],
    [`me/drive/items/${file.id}/children`, 400, 'invalidRequest', ''],
    [`me/drive/items/${file.id}?$expand=children`, 501, 'notSupported', ''],
    [`me/drive/items/${file.id}/permissions?$top=5`, 400, 'BadRequest', '$top'],
    [`me/drive/items/${file.id}/permissions?$select=people`, 400, 'BadRequest', 'microsoft.graph.permission'],
    [`me/drive/items/${file.id}/permissions?$expand=link`, 501, 'notSupported', ''],
    [`me/drive/items/${file.id}/versions`, 501, 'notSupported', ''],
    [`me/drive/items/${file.id}/contents`, 400, 'BadRequest', "segment 'contents'"],
    [`me/drive/items/${file.id}/content?format=pdf`, 400, 'BadRequest', 'format'],
    ['me/drive/items/01NOTHERE', 404, 'itemNotFound', ''],
    ['me/drive/root:/nobody.txt', 404, 'itemNotFound', ''],
    ['me/drive/items/%zz', 400, 'invalidRequest', ''],
    ['me/drives?$filter=x', 400, 'BadRequest', '$filter'],
    ['me/drive?$select=colour', 400, 'BadRequest', 'microsoft.graph.drive'],
    ['me/photos', 400, 'BadRequest', "segment 'photos'"],
    ['drives/nonsense/root', 400, 'invalidRequest', 'malformed'],
    ['drives/0123456789abcdef/root', 404, 'itemNotFound', ''],
  ]
  for (const [path, status, code, message] of table) {
    expect(await started.refusal(path), path).toEqual({ status, code, message: expect.stringContaining(message) })
  }
  expect(started.microsoft.log.violations).toEqual([])
  expect(await started.refusal('me/drive/root', { method: 'POST' })).toMatchObject({ status: 405 })
  expect(started.microsoft.log.violations).toEqual([
    'graph.microsoft.com: a request that could change something (POST /v1.0/me/drive/root)',
  ])
  expect(started.microsoft.errors).toEqual([])
})

test('scopes: which call takes which', async () => {
  await using started = await start()
  const { model } = started
  const other = model.addOtherDrive('teacher@contoso.example')
  const shared = other.addFolder('shared', { shared: true })
  const inside = other.addFile('inside', 'x', { parent: shared.id })
  const secret = other.addFile('secret', 'x')
  const status = async (path: string, scopes: string[]) => (await started.call(path, { scopes })).status
  const table: [path: string, scopes: string[], status: number][] = [
    ['me', ['User.Read'], 200],
    ['me', ['Files.Read'], 403],
    ['me/drive', ['User.Read'], 403],
    ['me/drive', ['Files.Read'], 200],
    ['me/drives', ['Files.Read'], 200],
    ['me/drives', ['Notes.Read'], 403],
    ['me/drive/root/delta', ['Files.ReadWrite'], 200],
    ['me/drive/sharedWithMe', ['Files.Read'], 200],
    [`drives/${other.driveId}/items/${inside.id}`, ['Files.Read'], 403],
    [`drives/${other.driveId}/items/${inside.id}`, ['Files.Read.All'], 200],
    [`drives/${other.driveId}/items/${secret.id}`, ['Files.Read.All'], 404],
    [`drives/${other.driveId}/root/delta`, ['Files.Read.All'], 404],
  ]
  for (const [path, scopes, expected] of table) expect(await status(path, scopes), `${path} ${scopes}`).toBe(expected)
  expect(await started.refusal('me', { scopes: ['Files.Read'] })).toMatchObject({ code: 'Authorization_RequestDenied' })
})

test('tokens: none, a wrong one, an expired one, and one that must be asked for anew with claims', async () => {
  await using started = await start()
  const { microsoft, get } = started
  const url = `${microsoft.endpoints.graph}v1.0/me/drive`
  const { accessToken } = microsoft.issueTokens(['Files.Read'])
  const ask = async (token?: string) => {
    const response = await get(url, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } })
    const body = (await response.json()) as { error?: { code: string } }
    return { status: response.status, code: body.error?.code, challenge: response.headers.get('www-authenticate') ?? '' }
  }
  expect(await ask()).toMatchObject({ status: 401, code: 'InvalidAuthenticationToken' })
  expect(await ask('wrong')).toMatchObject({ status: 401, code: 'InvalidAuthenticationToken' })
  expect(await ask(accessToken)).toMatchObject({ status: 200 })
  microsoft.demandClaims()
  const { challenge } = await ask(accessToken)
  const claims = Buffer.from(/claims="([^"]+)"/.exec(challenge)?.[1] ?? '', 'base64').toString()
  expect(JSON.parse(claims)).toHaveProperty('access_token.nbf')
  const { refreshToken } = microsoft.issueTokens(['Files.Read'])
  const refresh = async (more: Record<string, string>) => {
    const body = new URLSearchParams({
      client_id: microsoft.client.id,
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      ...more,
    })
    const response = await get(`${microsoft.endpoints.authority}common/oauth2/v2.0/token`, { method: 'POST', body })
    return ((await response.json()) as { access_token: string }).access_token
  }
  expect(await ask(await refresh({}))).toMatchObject({ status: 401 })
  const good = await refresh({ claims })
  expect(await ask(good)).toMatchObject({ status: 200 })
  microsoft.expireAccessTokens()
  expect(await ask(good)).toMatchObject({ status: 401 })
})

test('throttling: resource units of each call, RateLimit headers from 80 %, then 429 until the minute is over', async () => {
  let time = Date.parse('2026-03-01T00:00:00Z')
  const now = () => time
  await using started = await start({ now, model: createOneDriveModel({ now }) })
  const { model, microsoft } = started
  const file = model.addFile('a', 'x')
  const { link } = await started.delta('me/drive/root/delta')
  microsoft.log.reset()
  for (const path of [
    `me/drive/items/${file.id}`,
    `me/drive/items/${file.id}/content`,
    'me/drive/root/children',
    'me/drive/root/delta',
    link,
  ]) {
    await started.call(path)
  }
  expect(microsoft.log.requests.map(({ call, units }) => [call, units])).toEqual([
    ['driveItem.get', 1],
    ['driveItem.content', 1],
    ['driveItem.children', 2],
    ['driveItem.delta', 2],
    ['driveItem.delta', 1],
  ])
  microsoft.setThrottle({ unitsPerMinute: 5 })
  const ask = async () => {
    const { status, headers } = await started.call(`me/drive/items/${file.id}`)
    return [status, headers.get('ratelimit-remaining'), headers.get('retry-after')]
  }
  const answers: (number | string | null)[][] = []
  for (let times = 0; times < 6; times += 1) answers.push(await ask())
  expect(answers).toEqual([
    [200, null, null],
    [200, null, null],
    [200, null, null],
    [200, '1', null],
    [200, '0', null],
    [429, '0', '60'],
  ])
  time += 30_000
  // What was refused counts too.
  expect(await ask()).toEqual([429, '0', '30'])
  time += 31_000
  expect((await ask())[0]).toBe(200)
  microsoft.setThrottle({ unitsPerMinute: 1, status: 503, headers: false })
  await ask()
  expect((await ask()).slice(0, 2)).toEqual([503, null])
  const busy = await started.refusal(`me/drive/items/${file.id}`)
  expect(busy.code).toBe('serviceNotAvailable')
})

test('authorize shows its own mistakes to the person, and sends others back', async () => {
  await using started = await start()
  const { microsoft, get } = started
  const good: Record<string, string> = {
    client_id: microsoft.client.id,
    redirect_uri: 'http://localhost:5000',
    response_type: 'code',
    scope: 'openid Files.Read',
    state: 'abc',
    code_challenge: 'x'.repeat(43),
    code_challenge_method: 'S256',
  }
  const ask = async (changes: Record<string, string>, tenant = 'common') => {
    const query = new URLSearchParams({ ...good, ...changes })
    const response = await get(`${microsoft.endpoints.authority}${tenant}/oauth2/v2.0/authorize?${query}`)
    return { status: response.status, location: response.headers.get('location') ?? '', html: await response.text() }
  }
  const pages: [changes: Record<string, string>, code: string, tenant?: string][] = [
    [{ client_id: 'other' }, 'AADSTS700016'],
    [{ redirect_uri: 'http://localhost:5000/path' }, 'AADSTS50011'],
    [{ redirect_uri: 'http://127.0.0.1:5000' }, 'AADSTS50011'],
    [{ redirect_uri: 'https://localhost:5000' }, 'AADSTS50011'],
    [{ scope: 'Files.Reed' }, 'AADSTS70011'],
    [{}, 'AADSTS50020', 'consumers'],
    [{}, 'AADSTS90002', 'nowhere.example'],
  ]
  for (const [changes, code, tenant] of pages) {
    const { status, html, location } = await ask(changes, tenant)
    expect([status, location, html.includes(`${code}: `)], code).toEqual([400, '', true])
  }
  const back: [changes: Record<string, string>, code: string][] = [
    [{ code_challenge: '' }, 'AADSTS9002325'],
    [{ code_challenge_method: 'plain' }, 'AADSTS9002325'],
    [{ prompt: 'shout' }, 'AADSTS9002313'],
    [{ prompt: 'none' }, 'AADSTS50058'],
  ]
  for (const [changes, code] of back) {
    const url = new URL((await ask(changes)).location)
    expect([url.searchParams.get('state'), url.searchParams.get('error_description')?.split(':')[0]]).toEqual(['abc', code])
  }
  // Without a path the address comes back with a slash; a form is posted where asked for.
  expect((await ask({})).location).toMatch(/^http:\/\/localhost:5000\/\?code=/)
  expect((await ask({ response_mode: 'form_post' })).html).toContain('<form method="POST"')
})

test('the token endpoint: what a form lacks or has wrong', async () => {
  await using started: Started = await start()
  const { microsoft, get } = started
  const { refreshToken } = microsoft.issueTokens(['Files.Read'])
  const good: Record<string, string> = {
    client_id: microsoft.client.id,
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
  }
  const table: [changes: Record<string, string>, status: number, error: string, number: number][] = [
    [{ client_id: 'x' }, 400, 'unauthorized_client', 700016],
    [{ client_id: '' }, 400, 'invalid_request', 900144],
    [{ grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
    [{ refresh_token: 'x' }, 400, 'invalid_grant', 70000],
    [{ scope: 'Nonsense' }, 400, 'invalid_scope', 70011],
    [
      { grant_type: 'authorization_code', code: 'x', redirect_uri: 'http://localhost', code_verifier: 'y' },
      400,
      'invalid_grant',
      70000,
    ],
    [{ grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: 'x' }, 400, 'bad_verification_code', 70018],
  ]
  for (const [changes, status, error, number] of table) {
    const body = new URLSearchParams({ ...good, ...changes })
    const response = await get(`${microsoft.endpoints.authority}common/oauth2/v2.0/token`, { method: 'POST', body })
    expect([response.status, await response.json()], String(number)).toEqual([
      status,
      expect.objectContaining({ error, error_codes: [number], trace_id: expect.any(String) }),
    ])
  }
  microsoft.demandSecret(true)
  const response = await get(`${microsoft.endpoints.authority}common/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(good),
  })
  expect([response.status, await response.json()]).toEqual([
    401,
    expect.objectContaining({ error: 'invalid_client', error_codes: [7000218] }),
  ])
})
