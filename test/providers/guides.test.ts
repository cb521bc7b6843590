import { describe, expect, test } from 'vitest'
import type { Localised } from '../../src/core/language.ts'
import type { SourceSettings } from '../../src/core/source.ts'
import { providers } from '../../src/providers/index.ts'
import { redirectOf, scopesFor } from '../../src/settings/app-guide.ts'

const japanese = /[\u3041-\u30ff\u4e00-\u9fff]/
const withApps = providers.flatMap((provider) => {
  const app = provider.guide?.app
  return app === undefined ? [] : [[provider.id, provider, app] as const]
})
/** As lists of rights name what is asked for by a short name. */
const listed = (scope: string) => (scope === 'email' ? 'https://www.googleapis.com/auth/userinfo.email' : scope)

test('every provider that needs an app says how to make one', () => {
  const needs = providers.filter(({ signIn }) => signIn.method !== 'password').map(({ id }) => id)
  expect(withApps.map(([id]) => id)).toEqual(needs)
})

describe.each(withApps)('%s', (_, provider, app) => {
  const choice = (sources: readonly string[]) => ({
    sources,
    scopes: scopesFor(provider, sources, undefined),
    redirect: redirectOf(provider),
    settings: { tenant: 'organizations' },
  })

  test.each(provider.sources.map(({ id }) => [[id]]).concat([[provider.sources.map(({ id }) => id)]]))(
    'the rights to tick for %j are exactly those that signing in asks for',
    (sources) => {
      const asked = choice(sources)
      const identity = provider.signIn.method === 'password' ? [] : provider.signIn.identityScopes
      const own = provider.sources
        .filter(({ id }) => sources.includes(id))
        .flatMap((one) => one.scopes(one.settings.parse({}) as SourceSettings))
      expect(new Set(asked.scopes)).toEqual(new Set([...identity, ...own]))
      const lines = app.steps(asked).flatMap(({ copy }) => copy ?? [])
      const rights = lines.filter((line) => !line.startsWith('http') || line.includes('/auth/'))
      expect(new Set(rights)).toEqual(new Set(asked.scopes.map(listed)))
    },
  )

  test('the redirect address is the one that signing in uses, where one has to be registered', () => {
    const lines = app.steps(choice(provider.sources.map(({ id }) => id))).flatMap(({ copy }) => copy ?? [])
    const loopback = lines.filter((line) => /^http:/.test(line))
    expect(loopback).toEqual(loopback.length === 0 ? [] : [redirectOf(provider)])
    if (provider.signIn.method !== 'password' && provider.signIn.redirect !== undefined) expect(loopback).toHaveLength(1)
  })

  test('every page has an https address, its documentation, and words in both languages', () => {
    const texts: Localised[] = [app.before, ...(app.after === undefined ? [] : [app.after])]
    for (const step of app.steps(choice(provider.sources.map(({ id }) => id)))) {
      expect(step.page).toMatch(/^https:\/\//)
      expect(step.source).toMatch(/^https:\/\//)
      texts.push(step.title, ...step.actions, ...(step.optional === undefined ? [] : [step.optional.why]))
    }
    for (const { en, ja } of texts) {
      expect(en).not.toMatch(japanese)
      expect(ja).toMatch(japanese)
    }
  })
})

const read = (id: string, pasted: string) => withApps.find(([name]) => name === id)![2].readClient(pasted)

test.each([
  ['google', '123-abc.apps.googleusercontent.com'],
  ['google', '123.apps.googleusercontent.com'],
  ['microsoft', '11111111-2222-3333-4444-555555555555'],
  ['zoom', 'AbCdEfGhIjKlMnOpQrStUv'],
])('%s: %s is a client id', (id, pasted) => {
  expect(read(id, pasted)).toEqual({ id: pasted })
})

test.each([
  ['google', 'GOCSPX-abcdefghijklmnopqrstuvwx', 'client secret'],
  ['google', 'AIzaSyA1234567890', 'API key'],
  ['google', 'holdall@my-project.iam.gserviceaccount.com', 'service account'],
  ['google', '{"web":{"client_id":"1.apps.googleusercontent.com"}}', 'Web application'],
  ['google', '{"type":"service_account"}', 'service account'],
  ['google', '{"installed":', 'no client id'],
  ['google', 'my project', 'no client id'],
  ['google', '123-abc.apps.googleusercontent.com GOCSPX-x', 'no client id'],
  ['microsoft', 'abc8Q~abcdefghijklmnopqrstuvwxyz0123456', 'client secret'],
  ['microsoft', '123-abc.apps.googleusercontent.com', 'no client id'],
  ['zoom', 'two words', 'no client id'],
  ['zoom', '11111111-2222-3333-4444-555555555555', 'another service'],
])('%s: %s is none, and is not repeated', (id, pasted, says) => {
  const answer = read(id, pasted)
  if (!('problem' in answer)) throw new Error('it was taken')
  expect(answer.problem.en).toContain(says)
  expect(answer.problem.ja).toMatch(japanese)
  expect(answer.problem.en + answer.problem.ja).not.toContain(pasted)
})

test('Google: the downloaded file brings id and secret; a secret as long as Zoom’s is doubted', () => {
  expect(read('google', '{"installed":{"client_id":"1-a.apps.googleusercontent.com","client_secret":"s"}}')).toEqual({
    id: '1-a.apps.googleusercontent.com',
    secret: 's',
  })
  expect(read('zoom', 'a'.repeat(32))).toMatchObject({ id: 'a'.repeat(32), doubt: {} })
})

test('WebDAV: an address that would send the password in the open is not taken', () => {
  const [url] = providers.find(({ id }) => id === 'webdav')!.guide!.questions
  expect(url!.complaint('https://dav.example.ac.jp/home/')).toBeUndefined()
  expect(url!.complaint('http://dav.example.ac.jp/home/')?.en).toContain('https://')
  expect(url!.complaint('dav.example.ac.jp')?.ja).toMatch(japanese)
})

test('what "Testing" and seven days mean at Google is said in both languages, on the page where it is decided', () => {
  const [, provider, app] = withApps.find(([id]) => id === 'google')!
  const sources = provider.sources.map(({ id }) => id)
  const steps = app.steps({
    sources,
    scopes: scopesFor(provider, sources, undefined),
    redirect: redirectOf(provider),
    settings: {},
  })
  const audience = steps.find(({ page }) => page.endsWith('/auth/audience'))
  const said = audience?.actions.find(({ en }) => en.includes('"Testing"'))
  expect(said?.en).toContain('seven days')
  expect(said?.ja).toContain('「テスト中」')
  expect(said?.ja).toContain('7 日')
  expect(audience?.actions.some(({ en, ja }) => en.includes('"Publish app"') && ja.includes('「アプリを公開」'))).toBe(true)
})
