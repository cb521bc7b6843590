import { Agent, fetch } from 'undici'
import { expect, onTestFinished, vi } from 'vitest'
import type { Diagnosis } from '../../../src/core/diagnosis.ts'
import { expectExplained, type signingPerson, tls } from '../signing-person.ts'

export type Person = Awaited<ReturnType<typeof signingPerson>>

/** Where the real service refuses, and what a test has to do so that the practice service does. */
export type Way =
  /** The browser stays on a page of the service; the program hears nothing. `page` is enough of it to know it by. */
  | { readonly at: 'page'; readonly page: RegExp; readonly userAgent?: string }
  /** By the redirect, or by the token endpoint right after it. */
  | { readonly at: 'answer' }
  /** By the endpoint of device codes, or while the program asks whether somebody has come. */
  | { readonly at: 'device' }
  /** The address that the person pastes holds another code than the one that the service gave. */
  | { readonly at: 'pasted code' }
  /** Days later, when the sign-in is to be renewed in the middle of other work. */
  | { readonly at: 'renewal'; readonly source: string; end(): void }

const statuses: Readonly<Record<string, number>> = { signin: 4, settings: 2, transient: 3 }

/** Runs the real sign-in into a refusal, and holds everything that the person gets to read against `diagnosis`. Returns all of it. */
export async function meet(person: Person, diagnosis: Diagnosis, way: Way): Promise<string> {
  const read: string[] = []
  const run = async (...argv: string[]) => {
    const one = await person.finished(...argv)
    read.push(one.out, one.err)
    return one
  }
  if (way.at === 'page') {
    const page = await seenInBrowser(person, way)
    expect(page.text).toMatch(way.page)
    read.push(page.said)
    await explained(run, diagnosis, page.text)
    return read.join('\n')
  }
  if (way.at === 'renewal') {
    expect((await run('connect', 'mine')).status).toBe(0)
    way.end()
    for (const language of ['en', 'ja'] as const) {
      const { status, out, err } = await run('plan', `mine/${way.source}`, '--lang', language)
      expect(status, err).toBe(statuses[diagnosis.kind])
      expect(`${out}${err}`.replaceAll(/\s+/g, ' ')).toContain(diagnosis.meaning[language])
    }
  } else {
    const { status, err, out } = way.at === 'pasted code' ? await pasteAnother(person) : await run(...commands[way.at])
    read.push(out, err)
    expect(status, err).toBe(statuses[diagnosis.kind])
    expect(err.match(/^error: /gm)).toHaveLength(1)
    expect(err).toContain(diagnosis.meaning.en)
    expect(err).toContain('holdall connect mine --explain prints a text for your help desk')
  }
  await explained(run, diagnosis)
  return read.join('\n')
}

const commands = { answer: ['connect', 'mine'], device: ['connect', 'mine', '--device'] } as const

/** `connect --explain` in both languages: what it means, what to do, who can change it, and the text for the help desk. */
async function explained(run: (...argv: string[]) => ReturnType<Person['finished']>, diagnosis: Diagnosis, ...seen: string[]) {
  for (const language of ['en', 'ja'] as const) {
    const { status, out, err } = await run('connect', 'mine', '--explain', ...seen, '--lang', language)
    expect(status, err).toBe(0)
    expectExplained(out, diagnosis, language)
    for (const who of diagnosis.who) expect(out).toContain(changers[language][who])
  }
}

const changers = {
  en: { you: 'you', administrator: 'administrator', registrant: 'registered' },
  ja: { you: 'あなた', administrator: '管理者', registrant: '登録' },
} as const

/** What a person does with --no-browser on another machine. Gives the text of the page on which the browser ends. */
async function seenInBrowser({ run }: Person, { userAgent }: { readonly userAgent?: string }) {
  const { said, ended, stop } = run('connect', 'mine', '--no-browser')
  const answer = await browse(await announced(said), userAgent)
  const html = await answer.text()
  stop()
  expect(await ended).toBe(130)
  expect(said.err).toMatch(/if the page in the browser showed a code such as \S+, run: holdall connect mine --explain CODE/)
  return { text: html.replaceAll(/<[^>]*>/g, ' ').trim(), said: said.err }
}

async function pasteAnother({ run }: Person) {
  const { said, ended, stdin } = run('connect', 'mine', '--no-browser')
  const back = new URL((await browse(await announced(said))).headers.get('location') ?? '')
  back.searchParams.set('code', 'typed-over-by-hand')
  stdin.write(`${back.href}\n`)
  const status = await ended
  return { status, ...said }
}

async function announced(said: { readonly out: string }): Promise<string> {
  await vi.waitFor(() => expect(said.out).toMatch(/^https:\S+\n/), { timeout: 8000, interval: 10 })
  return said.out.trim()
}

async function browse(url: string, userAgent = 'Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0') {
  const { ca } = await tls()
  const dispatcher = new Agent({ connect: { ca } })
  onTestFinished(() => dispatcher.close())
  return fetch(url, { dispatcher, redirect: 'manual', headers: { 'user-agent': userAgent } })
}
