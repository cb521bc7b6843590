import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import { providers } from '../../../src/providers/index.ts'
import { applyProfile } from '../../../src/settings/profile/apply-profile.ts'
import { describeProfile } from '../../../src/settings/profile/describe-profile.ts'
import { packagedProfiles, parseProfile } from '../../../src/settings/profile/load-profile.ts'

const folder = fileURLToPath(new URL('../../../config/profiles/', import.meta.url))
const names = await packagedProfiles(folder)
const japanese = /[\u3041-\u30ff\u4e00-\u9fff]/

/** Every text, address and date in it, with where it stands. */
function leaves(value: unknown, at = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[at, value]]
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${at}.${key}`))
}

test('there is a real one, and an example of another kind', () => {
  expect(names).toEqual(['example-college', 'utokyo'])
})

describe.each(names)('%s', (name) => {
  const file = path.join(folder, `${name}.yaml`)
  const load = async () => {
    const text = await readFile(file, 'utf8')
    return { text, plain: parseDocument(text).toJS() as unknown, ...parseProfile(text, file, providers) }
  }

  test('is valid, asks for no wider rights, and every setting reaches an account', async () => {
    const { facts, accounts } = await load()
    for (const language of ['en', 'ja'] as const) {
      const described = describeProfile({ facts, accounts }, providers, language)
      expect(described.accounts.length).toBeGreaterThan(0)
      for (const { widened } of described.accounts) expect(widened).toEqual([])
    }
    const written = Object.fromEntries(Object.keys(accounts).map((id) => [id, {}]))
    applyProfile(written, { accounts }, providers)
    expect(Object.keys(written).length).toBeGreaterThan(1)
  })

  test('says everything in English and Japanese', async () => {
    const { plain } = await load()
    const texts = leaves(plain).filter(([at]) => /\.(en|ja)$/.test(at))
    expect(texts.length).toBeGreaterThan(20)
    for (const [at, text] of texts) {
      // A product's name may be the same in both.
      if (at.endsWith('.ja') && !at.endsWith('.title.ja')) expect(String(text), at).toMatch(japanese)
      // Lines that were joined leave no blank between Japanese sentences.
      if (at.endsWith('.ja')) expect(String(text), at).not.toMatch(/[。、] /)
      if (at.endsWith('.en')) expect(String(text), at).not.toMatch(japanese)
    }
    // No text in one language alone.
    const alone = leaves(plain).filter(([at]) => /\.(name|title|text)$/.test(at))
    expect(alone).toEqual([])
  })

  test('names the https page of each fact, and when it was read', async () => {
    const { plain } = await load()
    const notes: [string, Record<string, unknown>][] = []
    const look = (value: unknown, at: string): void => {
      if (typeof value !== 'object' || value === null) return
      if ('text' in value && at !== '.contact') notes.push([at, value as Record<string, unknown>])
      for (const [key, inner] of Object.entries(value)) look(inner, `${at}.${key}`)
    }
    look(plain, '')
    expect(notes.length).toBeGreaterThan(4)
    for (const [at, { page, checked }] of notes) {
      expect(String(page), at).toMatch(/^https:\/\/[a-z0-9.-]+\//)
      expect(String(checked), at).toMatch(/^20\d\d-\d\d-\d\d$/)
    }
  })
})

test('the University of Tokyo: its own domains are known, client ids are left for it to fill in', async () => {
  const file = path.join(folder, 'utokyo.yaml')
  const text = await readFile(file, 'utf8')
  const { facts, accounts } = parseProfile(text, file, providers)
  const { google, microsoft, zoom, webdav } = facts.accounts
  expect(google).toMatchObject({ domain: ['g.ecc.u-tokyo.ac.jp'], forwarding: { days: 180, silent: true } })
  expect(zoom).toMatchObject({ retention: { months: 36, from: '2027-03-01' } })
  expect(microsoft?.domain).toEqual(['utac.u-tokyo.ac.jp'])
  expect(zoom?.domain).toEqual(['utac.u-tokyo.ac.jp', 'g.ecc.u-tokyo.ac.jp'])
  // Each with the page that says so, and what is not certain marked.
  expect(text.match(/^ +# .*\n(?: +# .*\n)* +domain:/gm)?.every((comment) => /https:\/\//.test(comment))).toBe(true)
  expect(text.match(/^ +domain:/gm)).toHaveLength(text.match(/^ +# .*\n +domain:/gm)?.length ?? 0)
  expect(text.match(/UNCERTAIN/g)).toHaveLength(2)
  expect(webdav).toBeUndefined()
  expect(facts.salvage?.days).toBe(180)
  for (const given of Object.values(accounts)) expect(given.client).toBeUndefined()
  expect(text.match(/^ +# client: \{ id: /gm)).toHaveLength(3)
  // Uncommented as it stands, it is of the right form.
  expect(() => parseProfile(text.replace(/^( +)# (client: .*)$/gm, '$1$2'), file, providers)).not.toThrow()
})

test('a password is not compared with a domain, and a retention says one length of time', () => {
  const mistake = (account: string) => () => parseProfile(`name: U\naccounts: ${account}\n`, 'x', providers)
  expect(mistake('{ webdav: { domain: [example.ac.jp] } }')).toThrow('a user name has no domain')
  expect(mistake('{ zoom: { retention: { text: x } } }')).toThrow('either months or days')
  expect(mistake('{ zoom: { retention: { text: x, days: 3, months: 1 } } }')).toThrow('either months or days')
  expect(mistake('{ zoom: { retention: { text: x, days: 30, sources: [mail] } } }')).toThrow('sources')
})
