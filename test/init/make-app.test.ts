import { expect, test } from 'vitest'
import { makeApp } from '../../src/init/make-app.ts'
import type { Talk } from '../../src/init/talk.ts'
import { wordsOf } from '../../src/language/words.ts'
import { providers } from '../../src/providers/index.ts'

const google = providers.find(({ id }) => id === 'google')!
const app = google.guide!.app!
const client = { id: '123-abc.apps.googleusercontent.com', secret: 'GOCSPX-abcdefghijklmnopqrstuvwxyz12' }

/** A person who answers so, in order; what was asked and said is kept. */
function person(answers: readonly string[]) {
  const left = [...answers]
  const asked: string[] = []
  const said: string[] = []
  const talk: Talk = {
    words: wordsOf('en'),
    say: (text) => void said.push(text),
    copy: (text) => void said.push(text),
    async ask(question) {
      asked.push(question)
      const answer = left.shift()
      if (answer === undefined) throw new Error(`nobody answers: ${question}`)
      return answer
    },
    yes: async () => true,
    one: async () => 0,
    many: async () => [],
  }
  return { talk, asked, said }
}

const choice = { sources: ['drive'], scopes: [], redirect: '', settings: {} }
const { init } = wordsOf('en')

test('who pasted something wrong is still led through the pages by Enter', async () => {
  const pages = app.steps(choice).length
  const { talk, asked, said } = person(['hello', '', ...Array<string>(pages).fill(''), client.id, client.secret])
  expect(await makeApp(google, app, choice, talk)).toMatchObject(client)
  expect(asked.slice(0, 2)).toEqual([init.haveClient, init.haveClient])
  expect(asked.at(-2)).toBe(init.pasteClient)
  expect(said.some((line) => line.includes('https://console.cloud.google.com/'))).toBe(true)
})

test('who has one is led nowhere', async () => {
  const { talk, asked, said } = person([client.id, client.secret])
  expect(await makeApp(google, app, choice, talk)).toMatchObject(client)
  expect(asked).toEqual([init.haveClient, init.pasteSecret])
  expect(said.join()).not.toContain(init.page(1, app.steps(choice).length, ''))
})
