import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { Failure } from '../../src/core/failure.ts'
import type { OAuthSignIn } from '../../src/core/provider.ts'

/** A small authorization server on loopback: strict about PKCE, redirect address, client and single use. */
export interface AuthorizationServer {
  readonly endpoints: Readonly<Record<string, string>>
  /** What the token endpoint was asked, newest last. */
  readonly asked: URLSearchParams[]
  readonly revoked: string[]
  /** Every secret that it ever made: what must not turn up in a message. */
  readonly secrets: string[]
  /** Makes a refresh token as an earlier sign-in would have. */
  grant(scope: string): string
  close(): Promise<void>
}

export interface AuthorizationServerOptions {
  readonly rotates?: boolean
  /** Seconds. */
  readonly expiresIn?: number
  /** What the person ticks; default all. */
  readonly tick?: (scopes: string[]) => string[]
  /** An answer of the token endpoint instead of the right one. */
  readonly fault?: (
    body: URLSearchParams,
    count: number,
  ) => { status: number; body: string; headers?: Record<string, string> } | undefined
  /** Milliseconds before the token endpoint answers. */
  readonly delay?: number
  /** How a client has to prove itself, everywhere: RFC 6749 §2.3.1; 'nothing' for one without a secret. Default 'body'. */
  readonly secretIn?: 'body' | 'basic' | 'nothing'
  /** Device polls that are answered before the sign-in: an error code each. */
  readonly device?: string[]
}

/** Its secret shows whether it is encoded as RFC 6749 §2.3.1 wants in a Basic header. */
export const client = { id: 'test-client', secret: 'canary-client_secret:+%' }

export const startAuthorizationServer = async (options: AuthorizationServerOptions = {}): Promise<AuthorizationServer> => {
  const codes = new Map<string, { challenge: string; redirect: string; scope: string }>()
  const refreshTokens = new Map<string, string>()
  const asked: URLSearchParams[] = []
  const revoked: string[] = []
  const secrets: string[] = [client.secret]
  const devicePolls = [...(options.device ?? [])]

  const secret = (kind: string): string => {
    const value = `canary-${kind}-${randomBytes(12).toString('base64url')}`
    secrets.push(value)
    return value
  }
  const grant = (scope: string): string => {
    const token = secret('refresh')
    refreshTokens.set(token, scope)
    return token
  }
  const tokens = (scope: string, refresh: string | undefined) => ({
    access_token: secret('access'),
    token_type: 'Bearer',
    expires_in: options.expiresIn ?? 3600,
    scope,
    ...(refresh === undefined ? {} : { refresh_token: refresh }),
    id_token: `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.${Buffer.from('{"iss":"https://elsewhere.example","sub":"1"}').toString('base64url')}.c2ln`,
  })
  const error = (code: string, description?: string) => ({
    status: code === 'invalid_client' ? 401 : 400,
    value: { error: code, ...(description === undefined ? {} : { error_description: description }) },
  })

  const isClient = (body: URLSearchParams, authorization: string | undefined): boolean => {
    const given = { id: body.get('client_id'), secret: body.get('client_secret'), authorization }
    if (options.secretIn === 'basic') {
      const pair = [client.id, client.secret].map(formEncoded).join(':')
      return given.secret === null && authorization === `Basic ${Buffer.from(pair).toString('base64')}`
    }
    const secret = options.secretIn === 'nothing' ? null : client.secret
    return given.id === client.id && given.secret === secret && authorization === undefined
  }

  const answer = (body: URLSearchParams, authorization: string | undefined): { status: number; value: object } => {
    if (!isClient(body, authorization)) return error('invalid_client')
    const type = body.get('grant_type')
    if (type === 'authorization_code') {
      const code = codes.get(body.get('code') ?? '')
      codes.delete(body.get('code') ?? '')
      const verifier = body.get('code_verifier') ?? ''
      secrets.push(verifier)
      if (code === undefined) return error('invalid_grant', `Malformed auth code ${body.get('code')}`)
      if (code.redirect !== body.get('redirect_uri')) return error('redirect_uri_mismatch')
      if (createHash('sha256').update(verifier).digest('base64url') !== code.challenge)
        return error('invalid_grant', 'code_verifier')
      return { status: 200, value: tokens(code.scope, grant(code.scope)) }
    }
    if (type === 'refresh_token') {
      const token = body.get('refresh_token') ?? ''
      const scope = refreshTokens.get(token)
      if (scope === undefined) return error('invalid_grant', `Token ${token} has been expired or revoked.`)
      if (options.rotates === true) refreshTokens.delete(token)
      return { status: 200, value: tokens(scope, options.rotates === true ? grant(scope) : undefined) }
    }
    const poll = devicePolls.shift()
    if (poll !== undefined) return error(poll)
    return { status: 200, value: tokens('a b', grant('a b')) }
  }

  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://localhost')
      const body = new URLSearchParams(await textOf(request))
      const send = (status: number, value: object, headers: Record<string, string> = {}) =>
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
      if (url.pathname === '/authorize') {
        const query = url.searchParams
        const code = `4/${secret('code')}`
        const scopes = (query.get('scope') ?? '').split(' ')
        codes.set(code, {
          challenge: query.get('code_challenge_method') === 'S256' ? (query.get('code_challenge') ?? '') : '',
          redirect: query.get('redirect_uri') ?? '',
          scope: (options.tick?.(scopes) ?? scopes).join(' '),
        })
        const target = new URL(query.get('redirect_uri') ?? '')
        target.searchParams.set('code', code)
        target.searchParams.set('state', query.get('state') ?? '')
        target.searchParams.set('iss', 'https://issuer.example')
        return void response.writeHead(302, { location: target.href }).end()
      }
      const { authorization } = request.headers
      if (url.pathname === '/revoke') {
        if (!isClient(body, authorization)) return void send(401, { error: 'invalid_client' })
        const token = body.get('token') ?? ''
        revoked.push(token)
        return void (refreshTokens.delete(token) ? send(200, {}) : send(400, { error: 'invalid_token' }))
      }
      if (url.pathname === '/device') {
        if (!isClient(body, authorization)) return void send(401, { error: 'invalid_client' })
        return void send(200, {
          device_code: secret('device'),
          user_code: 'ABCD-EFGH',
          verification_uri: 'https://example.org/device',
          expires_in: 900,
          interval: 5,
        })
      }
      asked.push(body)
      const fault = options.fault?.(body, asked.length)
      const right = fault === undefined ? answer(body, authorization) : undefined
      if (options.delay !== undefined) await new Promise((resolve) => setTimeout(resolve, options.delay))
      if (fault !== undefined) {
        return void response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers }).end(fault.body)
      }
      if (right !== undefined) send(right.status, right.value)
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  return {
    endpoints: {
      authorization: `${origin}/authorize`,
      token: `${origin}/token`,
      revocation: `${origin}/revoke`,
      device: `${origin}/device`,
    },
    asked,
    revoked,
    secrets,
    grant,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export const testSignIn: OAuthSignIn = {
  method: 'oauth',
  authorizationEndpoint: 'authorization',
  tokenEndpoint: 'token',
  revocationEndpoint: 'revocation',
  deviceAuthorizationEndpoint: 'device',
  identityScopes: ['openid', 'email'],
  parameters: { access_type: 'offline' },
  rotates: true,
  explain: () => undefined,
}

/** Everything that a thrown value says or carries, for a search for secrets. */
export const everythingIn = (value: unknown, seen = new Set<unknown>()): string => {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null || seen.has(value)) return String(value)
  seen.add(value)
  const own = Object.getOwnPropertyNames(value).map((name) => everythingIn(Reflect.get(value, name), seen))
  const pairs = value instanceof URLSearchParams || value instanceof Map ? [...value].map((pair) => everythingIn(pair, seen)) : []
  const said = value instanceof Failure ? [value.said('en'), value.said('ja')].map((one) => everythingIn(one, seen)) : []
  return [...own, ...pairs, ...said].join('\n')
}

const formEncoded = (text: string): string => encodeURIComponent(text).replaceAll('%20', '+')

const textOf = async (request: IncomingMessage): Promise<string> => {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  return text
}
