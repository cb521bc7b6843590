import { expect, test } from 'vitest'
import { Failure } from '../../src/core/failure.ts'
import type { Credentials } from '../../src/core/transport.ts'
import { readyBody } from '../../src/http/body.ts'
import { sign } from '../../src/http/sign.ts'
import { jumpingClock } from './clocks.ts'
import { connect, rejection } from './connect.ts'
import { serve } from './serve.ts'

/** Tokens t0, t1 …; each renewal takes the next one. */
function tokens(renewed?: () => Promise<void>) {
  let current = 0
  const renewals: { rejected: Readonly<Record<string, string>>; challenge: string | undefined }[] = []
  const credentials: Credentials = {
    sign: async ({ headers }) => ({ ...headers, Authorization: `Bearer t${current}` }),
    renew: async (rejected, challenge) => {
      renewals.push({ rejected, challenge })
      await renewed?.()
      current += 1
    },
  }
  return { credentials, renewals }
}

test('the account is proved to the origins that are named, and only there, and not where it is unwanted', async () => {
  const server = await serve((_, response) => response.end())
  const other = await serve((_, response) => response.end())
  const { credentials } = tokens()
  const { get, transport } = connect({ credentials, credentialOrigins: [`${server.origin}/some/path`] })
  await get(`${server.origin}/x`)
  await get(`${other.origin}/x`)
  await transport.send({ method: 'GET', url: `${server.origin}/x`, credentials: 'none' })
  expect([...server.requests, ...other.requests].map(({ headers }) => headers.authorization)).toEqual([
    'Bearer t0',
    undefined,
    undefined,
  ])
})

test('an origin with a star stands for the hosts below it, over https alone', async () => {
  const { credentials } = tokens()
  const signed: string[] = []
  const step = sign(
    async (hop) => {
      if (hop.headers.authorization !== undefined) signed.push(hop.url.href)
      return { status: 200, headers: {}, url: hop.url.href, body: readyBody(new Uint8Array()) }
    },
    { credentials, origins: ['https://*.meet.test'] },
  )
  const attempt = { request: { method: 'GET', url: '' }, signal: new AbortController().signal, startedAt: 0 }
  for (const url of [
    'https://us01web.meet.test/rec',
    'https://a.b.meet.test/rec',
    'http://us01web.meet.test/rec',
    'https://us01web.meet.test:8443/rec',
    'https://meet.test/rec',
    'https://evilmeet.test/rec',
    'https://meet.test.evil.test/rec',
  ])
    await step({ method: 'GET', url: new URL(url), headers: {}, trusted: true }, attempt)
  expect(signed).toEqual(['https://us01web.meet.test/rec', 'https://a.b.meet.test/rec'])
})

test('a 401 renews once and repeats once, without a retry', async () => {
  const server = await serve((request, response) => {
    if (request.headers.authorization === 'Bearer t1') return response.end('fine')
    return response.writeHead(401, { 'www-authenticate': 'Bearer error="invalid_token"' }).end('no')
  })
  const { credentials, renewals } = tokens()
  const { get, events } = connect({ credentials, credentialOrigins: [server.origin] })
  expect(await (await get(server.origin)).text()).toBe('fine')
  expect(renewals).toEqual([
    { rejected: expect.objectContaining({ authorization: 'Bearer t0' }), challenge: 'Bearer error="invalid_token"' },
  ])
  expect(events).toEqual([])
  await get(server.origin)
  expect(server.asked).toHaveLength(3)
})

test('a second 401 is a failure of the sign-in; so is a renewal that fails', async () => {
  const server = await serve((_, response) => response.writeHead(401).end())
  const { credentials, renewals } = tokens()
  const first = await rejection(connect({ credentials, credentialOrigins: [server.origin] }).get(server.origin))
  expect(first.kind).toBe('signin')
  expect(renewals).toHaveLength(1)
  expect(server.asked).toHaveLength(2)
  const ended = new Failure('signin', 'the sign-in has ended')
  const broken = tokens(() => Promise.reject(ended))
  expect(
    await rejection(connect({ credentials: broken.credentials, credentialOrigins: [server.origin] }).get(server.origin)),
  ).toBe(ended)
})

test('a renewal that hangs hears the signal', async () => {
  const server = await serve((_, response) => response.writeHead(401).end())
  const { credentials, renewals } = tokens(() => new Promise(() => {}))
  const controller = new AbortController()
  const { get } = connect({ credentials, credentialOrigins: [server.origin], signal: controller.signal })
  const sent = rejection(get(server.origin))
  await expect.poll(() => renewals.length).toBe(1)
  const reason = new Error('stop')
  controller.abort(reason)
  expect(await sent).toBe(reason)
})

test('it is signed after the wait for the budget, so that no token grows old in the queue', async () => {
  const server = await serve((_, response) => response.end('x'))
  const signed: string[] = []
  const credentials: Credentials = {
    sign: async ({ url, headers }) => {
      signed.push(new URL(url).pathname)
      return { ...headers }
    },
    renew: async () => {},
  }
  const { stream } = connect({
    credentials,
    credentialOrigins: [server.origin],
    budgets: [{ id: 'requests', unitsPerSecond: 100, burst: 100, concurrency: 1 }],
  })
  const first = await stream(`${server.origin}/1`)
  const second = stream(`${server.origin}/2`)
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(signed).toEqual(['/1'])
  first.cancel()
  ;(await second).cancel()
  expect(signed).toEqual(['/1', '/2'])
})

test('a redirect to another host is followed without bearer and without the headers that prove the account', async () => {
  const other = await serve((_, response) => response.end('bytes'))
  const server = await serve((_, response) => response.writeHead(302, { location: `${other.origin}/file?sig=SECRET` }).end())
  const { credentials } = tokens()
  const { transport } = connect({ credentials, credentialOrigins: [server.origin, other.origin] })
  const headers = { Cookie: 'c=SECRET', Range: 'bytes=5-' }
  const answer = await transport.send({ method: 'GET', url: server.origin, headers, expects: 'stream' })
  expect(await answer.text()).toBe('bytes')
  expect(answer.url).toBe(`${other.origin}/file?sig=SECRET`)
  expect(server.requests[0]?.headers.authorization).toBe('Bearer t0')
  expect(other.requests[0]?.headers.authorization).toBeUndefined()
  expect(other.requests[0]?.headers.cookie).toBeUndefined()
  expect(other.requests[0]?.headers.range).toBe('bytes=5-')
})

test('a 401 of the other host does not renew, and says where it came from', async () => {
  const other = await serve((_, response) => response.writeHead(401).end())
  const server = await serve((_, response) => response.writeHead(302, { location: other.origin }).end())
  const { credentials, renewals } = tokens()
  const failure = await rejection(connect({ credentials, credentialOrigins: [server.origin] }).get(server.origin))
  expect(failure.kind).toBe('signin')
  expect(failure.message).toContain(other.origin)
  expect(renewals).toEqual([])
})

test('a redirect within the host keeps method, Depth, body and bearer', async () => {
  const seen: string[] = []
  const server = await serve((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      seen.push(`${request.method} ${request.url} ${request.headers.depth} ${request.headers.authorization} ${body}`)
      if (request.url === '/dir') response.writeHead(301, { location: '/dir/' }).end('moved')
      else response.writeHead(207, { 'content-type': 'application/xml' }).end('<x/>')
    })
  })
  const { credentials } = tokens()
  const { transport } = connect({ credentials, credentialOrigins: [server.origin] })
  const answer = await transport.send({ method: 'PROPFIND', url: `${server.origin}/dir`, headers: { Depth: '1' }, body: '<q/>' })
  expect(answer.status).toBe(207)
  expect(seen).toEqual(['PROPFIND /dir 1 Bearer t0 <q/>', 'PROPFIND /dir/ 1 Bearer t0 <q/>'])
})

test('redirects in a circle or without end are named and not tried again', async () => {
  const circle = await serve((request, response) =>
    response.writeHead(302, { location: request.url === '/a' ? '/b' : '/a' }).end(),
  )
  const endless = await serve((request, response) => response.writeHead(302, { location: `${request.url}1?token=SECRET` }).end())
  const clock = jumpingClock()
  const { get } = connect({ clock })
  const round = await rejection(get(`${circle.origin}/a`))
  expect(round.message).toContain('round in a circle')
  expect(round.message).toContain('/a → ')
  expect(circle.asked).toEqual(['GET /a', 'GET /b'])
  const far = await rejection(get(`${endless.origin}/`))
  expect(far.message).toContain('more than 10')
  expect(far.message).not.toContain('SECRET')
  expect(endless.asked).toHaveLength(11)
  expect(clock.slept).toEqual([])
})

test('a caller who wants to see the redirect sees it', async () => {
  const server = await serve((_, response) => response.writeHead(302, { location: 'https://elsewhere.test/' }).end())
  const answer = await connect().transport.send({ method: 'GET', url: server.origin, accepts: [302] })
  expect([answer.status, answer.headers.location]).toEqual([302, 'https://elsewhere.test/'])
})
