import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createDriveModel } from '../../src/practice/google/model.ts'
import { startPracticeGoogle } from '../../src/practice/google/practice-google.ts'
import { createOneDriveModel } from '../../src/practice/microsoft/drive/model.ts'
import { startPracticeMicrosoft } from '../../src/practice/microsoft/practice-microsoft.ts'
import { createWebdavModel } from '../../src/practice/webdav/model.ts'
import { startPracticeWebdav } from '../../src/practice/webdav/server.ts'
import { fileStore } from '../../src/signin/file-store.ts'
import { readPasswordRecord, writePasswordRecord } from '../../src/signin/password-record.ts'
import { closing, signingPerson, tls } from './signing-person.ts'

const users = { alice: 'a-password-of-alice' }
const server = async () => closing(await startPracticeWebdav({ model: createWebdavModel(), auth: 'basic', users }))

/** A person with a kept password for `url`, and the way to let a profile or the settings say something else. */
async function withPassword(url: string) {
  const person = await signingPerson('google', {}, { id: 'none' })
  const { folder } = person
  const store = fileStore({ folder: join(folder, 'sign-ins'), platform: process.platform, notice: () => undefined })
  const { origin, host } = new URL(url)
  const identity = { subject: `alice@${origin}`, name: `alice@${host}` }
  await store.set('home', writePasswordRecord(identity, { password: users.alice, origins: [origin], signedInAt: 1 }))
  const settings = (lines: string) => writeFile(join(folder, 'holdall.yaml'), `${lines}\ntokens: file\n`)
  const account = (at: string) =>
    `accounts:\n  home:\n    provider: webdav\n    url: ${at}\n    username: alice\n    insecure: true\n`
  return { ...person, store, settings, account }
}

describe('a kept password', () => {
  it('goes to the server that it was given for, wherever on it the folder is', async () => {
    const home = await server()
    const { finished, settings, account } = await withPassword(home.url)
    await settings(account(home.url))
    expect((await finished('plan')).status).toBe(0)
  })

  it.each(['the settings', 'a profile'] as const)('goes nowhere else when %s name another server', async (who) => {
    const [home, other] = [await server(), await server()]
    const { finished, settings, account, folder } = await withPassword(home.url)
    if (who === 'the settings') await settings(account(other.url))
    else {
      await writeFile(
        join(folder, 'place.yaml'),
        `name: { en: Place, ja: 場所 }\naccounts:\n  webdav: { url: "${other.url.replace('http:', 'https:')}" }\n`,
      )
      await settings(`profile: ./place.yaml\naccounts:\n  home:\n    provider: webdav\n    username: alice\n    insecure: true\n`)
    }
    for (const language of ['en', 'ja'] as const) {
      const { status, err } = await finished('plan', '--lang', language)
      expect(status, err).toBe(4)
      expect(err).toContain(new URL(home.url).origin)
      expect(err).toContain(new URL(other.url).host)
      expect(err).toMatch(
        language === 'en' ? /nothing was sent there[\s\S]*sign in again/ : /何も送信していません[\s\S]*もう一度サインイン/,
      )
    }
    expect(other.records.requests).toEqual([])
  })

  it('that was kept before its server was remembered is asked for anew', async () => {
    const home = await server()
    const { finished, settings, account, store } = await withPassword(home.url)
    const { origins: _, ...old } = readPasswordRecord('home', (await store.get('home')) ?? '')
    await store.set('home', JSON.stringify(old))
    await settings(account(home.url))
    const { status, err } = await finished('plan')
    expect(status, err).toBe(4)
    expect(home.records.requests).toEqual([])
  })
})

describe('kept tokens', () => {
  it('are not used, renewed or revoked with another client', async () => {
    const cloud = closing(await startPracticeGoogle({ tls: await tls(), model: createDriveModel() }))
    const { finished, folder } = await signingPerson('google', cloud.endpoints, cloud.client)
    expect((await finished('connect', 'mine')).status).toBe(0)
    const config = join(folder, 'holdall.yaml')
    await writeFile(config, (await readFile(config, 'utf8')).replaceAll(cloud.client.id, 'of-somebody-else'))
    cloud.resetLog()
    for (const [language, words] of [
      ['en', 'nothing was sent there'],
      ['ja', '何も送信していません'],
    ] as const) {
      const { status, err } = await finished('plan', 'mine/drive', '--lang', language)
      expect(status, err).toBe(4)
      for (const text of [cloud.client.id, 'of-somebody-else', words]) expect(err).toContain(text)
    }
    expect(cloud.requests).toEqual([])
    const ended = await finished('disconnect', 'mine')
    expect(ended.err).toContain('was deleted here, but the service could not be told')
    expect(cloud.requests).toEqual([])
  })

  it('are not used for another organisation or another provider', async () => {
    const cloud = closing(await startPracticeMicrosoft({ tls: await tls(), model: createOneDriveModel() }))
    const { finished, folder } = await signingPerson('microsoft', cloud.endpoints, cloud.client)
    expect((await finished('connect', 'mine')).status).toBe(0)
    const config = join(folder, 'holdall.yaml')
    const text = await readFile(config, 'utf8')
    await writeFile(config, text.replace('provider: microsoft\n', 'provider: microsoft\n    tenant: other.example\n'))
    const before = cloud.log.requests.length
    const moved = await finished('plan', 'mine/onedrive')
    expect(moved.status, moved.err).toBe(4)
    expect(moved.err).toContain('tenant: other.example')
    await writeFile(config, text.replace('provider: microsoft\n', 'provider: zoom\n'))
    const turned = await finished('plan', 'mine')
    expect(turned.status, turned.err).toBe(4)
    expect(turned.err).toMatch(/is for microsoft, and the settings now say zoom/)
    expect(cloud.log.requests).toHaveLength(before)
  })
})
