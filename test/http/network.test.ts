import { drive } from 'googleapis/build/src/apis/drive/index.js'
import { beforeAll, expect, test } from 'vitest'
import { Failure } from '../../src/core/failure.ts'
import { axiosThrough } from '../../src/http/axios-through.ts'
import { createNetwork } from '../../src/http/network.ts'
import { jumpingClock } from './clocks.ts'
import { connect, rejection } from './connect.ts'
import { startProxy } from './proxy.ts'
import { type Certificate, deadPort, makeCertificate, serve } from './serve.ts'

let certificate: Certificate
beforeAll(async () => {
  certificate = await makeCertificate()
})

const json = { 'content-type': 'application/json' }
const listing = () =>
  serve((_, response) => response.writeHead(200, json).end(JSON.stringify({ files: [{ id: '1', name: 'a' }] })), {
    tls: certificate,
  })

test('all ways to the network lead through the proxy, with the certificate of network.ca', async () => {
  const server = await listing()
  const plain = await serve((_, response) => response.writeHead(200, json).end('{"plain":true}'))
  const proxy = await startProxy()
  const address = `http://user:p%40ss@127.0.0.1:${proxy.port}`
  const { transport, network } = connect({ network: { proxies: { https: address, http: address }, ca: [certificate.cert] } })
  const origin = `https://www.googleapis.test:${server.port}`
  const tunnel = `CONNECT www.googleapis.test:${server.port}`

  // Google's own client library, by the socket that it has for a fetch.
  const google = drive({
    version: 'v3',
    rootUrl: `${origin}/`,
    retry: false,
    fetchImplementation: transport.fetch(() => ({ cost: 1 })),
  })
  const files = await google.files.list({ fields: 'files(id,name)' })
  expect(files.data.files).toEqual([{ id: '1', name: 'a' }])
  expect(server.asked).toEqual(['GET /drive/v3/files?fields=files%28id%2Cname%29'])
  expect(proxy.asked).toEqual([tunnel])

  expect((await axiosThrough(transport).get(`${origin}/axios`)).data).toEqual({ files: [{ id: '1', name: 'a' }] })
  expect(await (await network.fetch(`${origin}/fetch`)).json()).toEqual({ files: [{ id: '1', name: 'a' }] })
  expect(await (await transport.send({ method: 'GET', url: `${origin}/send` })).text()).toContain('files')
  expect(server.asked.slice(1)).toEqual(['GET /axios', 'GET /fetch', 'GET /send'])
  // The name exists for the proxy alone, so nothing went past it; one tunnel is used again.
  expect(new Set(proxy.asked)).toEqual(new Set([tunnel]))

  const http = `http://plain.test:${plain.port}`
  expect(await (await transport.send({ method: 'GET', url: `${http}/x` })).text()).toBe('{"plain":true}')
  expect(await (await network.fetch(`${http}/y`)).json()).toEqual({ plain: true })
  expect(proxy.asked.slice(-2)).toEqual([`GET ${http}/x`, `GET ${http}/y`])
  expect(new Set(proxy.authorizations)).toEqual(new Set([`Basic ${btoa('user:p@ss')}`]))
  expect(plain.requests[0]?.headers.host).toBe(`plain.test:${plain.port}`)
})

test('a proxy that speaks TLS itself', async () => {
  const server = await listing()
  const proxy = await startProxy({ tls: certificate })
  const { get } = connect({ network: { proxies: { https: `https://localhost:${proxy.port}` }, ca: [certificate.cert] } })
  expect((await get(`https://www.googleapis.test:${server.port}/x`)).status).toBe(200)
  expect(proxy.asked).toEqual([`CONNECT www.googleapis.test:${server.port}`])
})

test('NO_PROXY goes around the proxy; without a proxy for https, https goes there directly', async () => {
  const server = await listing()
  const plain = await serve((_, response) => response.writeHead(200, json).end('{}'))
  const proxy = await startProxy()
  const address = `http://127.0.0.1:${proxy.port}`
  const around = connect({
    network: { proxies: { https: address, http: address, no: 'localhost,127.0.0.1' }, ca: [certificate.cert] },
  })
  await around.get(`${server.origin}/x`)
  await around.get(`${plain.origin}/x`)
  const httpOnly = connect({ network: { proxies: { http: address, https: '' }, ca: [certificate.cert] } })
  await httpOnly.get(`${server.origin}/x`)
  expect(proxy.asked).toEqual([])
  await httpOnly.get(`${plain.origin}/x`)
  expect(proxy.asked).toEqual([`GET ${plain.origin}/x`])
})

test('a proxy that wants a password, forbids the host, or is not there', async () => {
  const server = await listing()
  const clock = jumpingClock()
  const through = (port: number) =>
    connect({
      clock,
      network: { proxies: { https: `http://127.0.0.1:${port}`, http: `http://127.0.0.1:${port}` }, ca: [certificate.cert] },
    })
  const wants = through((await startProxy({ refuse: 407 })).port)
  for (const url of [server.origin, 'http://plain.test:8080/']) {
    const failure = await rejection(wants.get(url))
    expect(failure.kind).toBe('settings')
    expect(failure.message).toContain('proxy wants a user name')
  }
  const forbidden = through((await startProxy({ refuse: 403 })).port)
  for (const forbids of [await rejection(forbidden.get(server.origin)), await rejection(forbidden.network.fetch(server.origin))])
    expect([forbids.kind, forbids.stops]).toEqual(['settings', 'account'])
  expect((await rejection(through(await deadPort()).get(server.origin))).kind).toBe('offline')
})

test('a certificate that nobody vouches for: said at once, with what to do, also to the sign-in flows', async () => {
  const server = await listing()
  const clock = jumpingClock()
  const { get, network } = connect({ clock })
  for (const failure of [await rejection(get(server.origin)), await rejection(network.fetch(server.origin))]) {
    expect(failure).toBeInstanceOf(Failure)
    expect([failure.kind, failure.stops]).toEqual(['settings', 'account'])
    expect(failure.hint).toContain('network.ca')
  }
  expect(clock.slept).toEqual([])
})

test('fetch for the sign-in flows: an answer of any status, a Failure where none comes, an abort as it is', async () => {
  const server = await serve((request, response) => {
    if (request.url !== '/hang') response.writeHead(400, json).end('{"error":"invalid_grant"}')
  })
  const network = createNetwork()
  const answer = await network.fetch(`${server.origin}/token`, { method: 'POST', body: new URLSearchParams({ code: 'SECRET' }) })
  expect([answer.status, await answer.json()]).toEqual([400, { error: 'invalid_grant' }])
  const nobody = await rejection(network.fetch(`http://127.0.0.1:${await deadPort()}/token?code=SECRET`))
  expect(nobody).toBeInstanceOf(Failure)
  expect(nobody.kind).toBe('offline')
  expect(nobody.message).not.toContain('SECRET')
  const controller = new AbortController()
  const hanging = rejection(network.fetch(`${server.origin}/hang`, { signal: controller.signal }))
  await expect.poll(() => server.asked.length).toBe(2)
  const reason = new Error('stop')
  controller.abort(reason)
  expect(await hanging).toBe(reason)
  await network.close()
})

test('close ends what is running', async () => {
  const server = await serve(() => {})
  const { get, network } = connect({ clock: jumpingClock(), limits: { retryForMs: 1 } })
  const hanging = rejection(get(server.origin))
  await expect.poll(() => server.asked.length).toBe(1)
  await network.close()
  expect(await hanging).toBeInstanceOf(Failure)
})

test('settings that cannot be used are named, without their values', () => {
  expect(() => createNetwork({ proxies: { https: 'ftp://u:SECRET@x' } })).toThrow(/HTTPS_PROXY/)
  expect(() => createNetwork({ proxies: { https: 'ftp://u:SECRET@x' } })).not.toThrow(/SECRET/)
  expect(() => createNetwork({ proxies: { http: 'http://' } })).toThrow(Failure)
  expect(() => createNetwork({ ca: ['this is no certificate'] })).toThrow(/network\.ca/)
  const damaged = certificate.cert.replace(/[A-Za-z0-9+/]{40}/, '')
  expect(() => createNetwork({ ca: [`# ours\n${certificate.cert}\n${damaged}`] })).toThrow(/network\.ca/)
})
