import { readdir, readFile, writeFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeCertificate, type PracticeCertificate } from '../../src/practice/certificate.ts'
import { createDriveModel } from '../../src/practice/google/model.ts'
import { startCloud, testCertificate } from './cloud.ts'
import { makePlace, type Place, run } from './program.ts'

const organisation = (more = '') => `
name: { en: Example University, ja: 見本大学 }
accounts:
  google: { domain: [example.ac.jp]${more} }
`

test('a personal account signed in by mistake is refused, with the right domain; nothing is kept', {
  timeout: 60_000,
}, async () => {
  const cloud = await startCloud({ drive: createDriveModel({ email: 'hanako@mail.example', name: 'Hanako' }), connect: false })
  const { place } = cloud
  await writeFile(path.join(place.folder, 'org.yaml'), organisation())
  await place.configure(cloud.settings('profile: ./org.yaml'))
  const refused = await run(place, ['connect', 'google', '--yes'])
  expect(refused.status, refused.stderr).toBe(2)
  expect(refused.stderr).toContain('hanako@mail.example is not an address of your organisation (@example.ac.jp)')
  expect((await run(place, ['accounts'])).stdout).toContain('not signed in (holdall connect google)')
  const japanese = await run(place, ['connect', 'google', '--yes', '--lang', 'ja'])
  expect(japanese.stderr).toContain('組織のアドレス（@example.ac.jp）ではない')
  // Its own subdomains are other domains, and letters may be large.
  await writeFile(path.join(place.folder, 'org.yaml'), organisation().replace('example.ac.jp', 'mail.example'))
  expect((await run(place, ['connect', 'google', '--yes'])).status).toBe(0)
})

test('letter case does not count in a domain, and what ends like it is another', { timeout: 60_000 }, async () => {
  const cloud = await startCloud({ drive: createDriveModel({ email: 'Hanako@Example.AC.JP', name: 'Hanako' }), connect: false })
  const { place } = cloud
  await writeFile(path.join(place.folder, 'org.yaml'), organisation(', options: { contacts: { otherContacts: true } }'))
  await place.configure(cloud.settings('profile: ./org.yaml').replace('[drive]', '[drive, contacts]'))
  const connected = await run(place, ['connect', 'google', '--yes'])
  expect(connected.status, connected.stderr).toBe(0)
  // What the profile makes wider than usual is said before the page opens.
  expect(connected.stderr).toContain('wider rights to read than usual: https://www.googleapis.com/auth/contacts.other.readonly')
  await writeFile(path.join(place.folder, 'org.yaml'), organisation().replace('example.ac.jp', 'ac.jp'))
  expect((await run(place, ['connect', 'google', '--yes'])).status).toBe(2)
})

test('a profile that comes after the sign-in counts for it too: nothing is asked of the account, by any command that would', {
  timeout: 90_000,
}, async () => {
  const cloud = await startCloud({ drive: createDriveModel({ email: 'hanako@mail.example', name: 'Hanako' }) })
  const { place, google } = cloud
  expect((await run(place, ['backup', 'google'])).status).toBe(0)
  await writeFile(path.join(place.folder, 'org.yaml'), organisation())
  await place.configure(cloud.settings('profile: ./org.yaml'))
  await writeFile(
    path.join(place.folder, 'plan.yaml'),
    'account: google\ngive:\n  - { to: a@example.ac.jp, files: [{ id: x, name: x }] }\n',
  )
  cloud.forget()
  const plan = path.join(place.folder, 'plan.yaml')
  for (const command of [
    ['backup'],
    ['plan'],
    ['verify', '--remote'],
    ['leave'],
    ['leave', '--propose', `${plan}.new`],
    ['leave', '--transfer', plan],
  ]) {
    const refused = await run(place, command)
    if (command[1] === '--propose') expect(refused.status, refused.stderr).not.toBe(4)
    else {
      expect(refused.status, `${command.join(' ')}: ${refused.stderr}`).toBe(2)
      expect(refused.stderr).toContain(
        'google is signed in as hanako@mail.example, which is not an address of your organisation (@example.ac.jp)',
      )
      expect(refused.stderr).toContain('holdall disconnect google')
    }
  }
  expect((await run(place, ['backup', '--lang', 'ja'])).stderr).toContain('組織のアドレス（@example.ac.jp）ではありません')
  expect(google.requests).toEqual([])
  // With the right domain it goes on, and without a profile.
  await writeFile(path.join(place.folder, 'org.yaml'), organisation().replace('example.ac.jp', 'mail.example'))
  expect((await run(place, ['backup', 'google'])).status).toBe(0)
})

interface Served {
  readonly address: string
  readonly asked: string[]
}

async function serve(certificate: PracticeCertificate, answer: RequestListener): Promise<Served> {
  const asked: string[] = []
  const server = createServer({ key: certificate.key, cert: certificate.cert }, (request, response) => {
    asked.push(request.url ?? '')
    void answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { address: `https://127.0.0.1:${(server.address() as AddressInfo).port}/holdall.yaml`, asked }
}

/** A place whose settings name the address, and trust the authority of `certificate` by `network.ca` alone. */
async function placeFor(address: string, trusted?: PracticeCertificate): Promise<Place> {
  const place = await makePlace()
  if (trusted !== undefined) await writeFile(path.join(place.folder, 'company.pem'), trusted.ca)
  await place.configure(
    `profile: ${address}\naccounts:\n  google: { client: { id: mine, secret: mine } }\ntokens: file\n${trusted === undefined ? '' : 'network: { ca: ./company.pem }\n'}`,
  )
  return place
}

const kept = (place: Place) => readdir(path.join(place.home, 'profiles')).catch(() => [])
const sent =
  (body: string | Buffer, status = 200, headers = {}): RequestListener =>
  (_, response) =>
    void response.writeHead(status, headers).end(body)

test('a profile at an address is fetched once, shown, and kept; what its server says later changes nothing', async () => {
  const certificate = await testCertificate()
  let text = organisation(', options: { contacts: { otherContacts: true } }')
  const served = await serve(certificate, (_, response) => void response.end(text))
  const place = await placeFor(served.address, certificate)
  // Nobody can be asked: not taken.
  const unasked = await run(place, ['accounts'])
  expect(unasked.status).toBe(2)
  expect(unasked.stderr).toContain('--yes takes it as it is')
  expect(await kept(place)).toEqual([])

  const taken = await run(place, ['accounts', '--yes'])
  expect(taken.status, taken.stderr).toBe(0)
  expect(taken.stderr).toContain('Example University')
  expect(taken.stderr).toContain('wider rights to read than usual: https://www.googleapis.com/auth/contacts.other.readonly')
  const [file] = await kept(place)
  expect(await readFile(path.join(place.home, 'profiles', file!), 'utf8')).toBe(text)

  const asked = served.asked.length
  text = 'run: rm -rf /'
  expect((await run(place, ['accounts'])).status).toBe(0)
  expect(served.asked.length).toBe(asked)
})

test.each<[string, RequestListener, string]>([
  ['leads on', sent('', 302, { location: 'https://127.0.0.1:1/x' }), 'the address leads on to another one'],
  ['is not there', sent('no', 404), 'the server answered 404'],
  ['is too large', sent(Buffer.alloc(300 * 1024, '#')), 'is larger than'],
  ['is no text', sent(Buffer.from([0xff, 0xfe, 0x00, 0x41])), 'is not text in UTF-8'],
  [
    'has an unknown key',
    sent('name: U\naccounts: { google: { clint: { id: a } } }\n'),
    '2:23: accounts.google.clint is no setting; did you mean "client"?',
  ],
])('a profile whose address %s is not taken, and nothing is kept', async (_, answer, says) => {
  const certificate = await testCertificate()
  const { address } = await serve(certificate, answer)
  const place = await placeFor(address, certificate)
  const ended = await run(place, ['accounts', '--yes'])
  expect(ended.status).toBe(2)
  expect(ended.stderr).toContain(says)
  expect(await kept(place)).toEqual([])
})

test('a bad certificate is never passed over: nothing is asked of the server, nothing kept, also with --yes', async () => {
  const stranger = await makeCertificate()
  const served = await serve(stranger, sent(organisation()))
  for (const place of [await placeFor(served.address), await placeFor(served.address, await testCertificate())]) {
    const ended = await run(place, ['accounts', '--yes'])
    expect(ended.status).not.toBe(0)
    expect(ended.stderr).toContain('the certificate of 127.0.0.1')
    expect(ended.stderr).toContain('is not trusted')
    expect(await kept(place)).toEqual([])
  }
  expect(served.asked).toEqual([])
})

test('a hostile profile can do nothing: its texts cannot move the cursor, its addresses are read before a password is typed', async () => {
  const certificate = await testCertificate()
  const hostile = `
name: "Example\\e[2J\\e[31m University\\u202e"
contact: { text: "call\\r\\nus\\a" }
accounts:
  google: { client: { id: "x\\e]8;;https://evil.example/\\e\\\\" } }
  webdav: { url: "https://evil.example/home/"}
`
  const { address } = await serve(certificate, sent(hostile))
  const place = await placeFor(address, certificate)
  const ended = await run(place, ['accounts', '--yes'])
  expect(ended.status, ended.stderr).toBe(0)
  expect(ended.stderr).toContain('url: https://evil.example/home/')
  expect(ended.stderr + ended.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e]/)
})
