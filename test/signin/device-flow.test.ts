import { afterEach, describe, expect, it } from 'vitest'
import { Failure } from '../../src/core/failure.ts'
import type { OAuthSignIn } from '../../src/core/provider.ts'
import { signInWithDevice } from '../../src/signin/device-flow.ts'
import {
  type AuthorizationServer,
  type AuthorizationServerOptions,
  client,
  everythingIn,
  startAuthorizationServer,
  testSignIn,
} from './authorization-server.ts'
import { sleepersClock } from './test-clock.ts'

let server: AuthorizationServer | undefined
afterEach(() => server?.close())

const signIn = async (
  options: AuthorizationServerOptions,
  without: 'endpoint' | 'nothing' = 'nothing',
  more: Partial<OAuthSignIn> = {},
) => {
  server = await startAuthorizationServer(options)
  const clock = sleepersClock()
  const announced: unknown[] = []
  const { deviceAuthorizationEndpoint, ...rest } = { ...testSignIn, ...more }
  const result = signInWithDevice({
    signIn: without === 'endpoint' || deviceAuthorizationEndpoint === undefined ? rest : { ...rest, deviceAuthorizationEndpoint },
    endpoints: server.endpoints,
    client,
    scopes: ['a', 'b'],
    fetch,
    clock,
    signal: new AbortController().signal,
    announce: (code) => announced.push(code),
  })
  const error = await result.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return { clock, announced, error, result }
}

describe('signing in by a code on another device', () => {
  it('shows the code, waits as told, slower when asked, and brings the tokens', async () => {
    const { result, clock, announced } = await signIn({ device: ['authorization_pending', 'slow_down', 'authorization_pending'] })
    expect(await result).toMatchObject({ scopes: ['a', 'b'], tokenType: 'bearer' })
    expect(announced).toEqual([{ address: 'https://example.org/device', userCode: 'ABCD-EFGH' }])
    expect(clock.slept).toEqual([5000, 5000, 10_000, 10_000])
  })

  it('sends the secret as Basic where the provider wants that', async () => {
    const { result } = await signIn({ secretIn: 'basic', device: ['authorization_pending'] }, 'nothing', { secretIn: 'basic' })
    expect(await result).toMatchObject({ scopes: ['a', 'b'] })
    await server?.close()
    const { error } = await signIn({ secretIn: 'basic' })
    expect(error).toMatchObject({ kind: 'settings' })
  })

  it('stops when declined or when the code ended', async () => {
    const { error } = await signIn({ device: ['access_denied'] })
    expect(error).toMatchObject({ kind: 'signin' })
    await server?.close()
    const { error: expired } = await signIn({ device: ['expired_token'] })
    expect(expired).toMatchObject({ kind: 'signin' })
    for (const secret of server?.secrets ?? []) expect(everythingIn(expired)).not.toContain(secret)
  })

  it('ends by itself when nobody comes', async () => {
    const { error, clock } = await signIn({ device: Array.from({ length: 500 }, () => 'authorization_pending') })
    expect(error).toBeInstanceOf(Failure)
    expect(clock.slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(900_000)
  })

  it('goes on over an error of the server, more slowly', async () => {
    const { result, clock } = await signIn({ fault: (_, count) => (count === 1 ? { status: 502, body: '' } : undefined) })
    expect((await result).refreshToken).toBeDefined()
    expect(clock.slept).toEqual([5000, 10_000])
  })

  it('says which way to take where there is no such sign-in', async () => {
    const { error } = await signIn({}, 'endpoint')
    expect(error).toMatchObject({ kind: 'settings', hint: expect.stringContaining('--no-browser') })
  })
})
