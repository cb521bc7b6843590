import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeCertificate } from '../src/practice/certificate.ts'
import { createDriveModel } from '../src/practice/google/model.ts'
import { startPracticeGoogle } from '../src/practice/google/practice-google.ts'

// A practice Drive with many items, as a process of its own, so that its CPU and memory are not counted as the program's.
// Started by listing.ts with a folder and a number; it answers each message with the addresses asked for so far.
const [home, count] = [process.argv[2]!, Number(process.argv[3])]
const tls = await makeCertificate()
const model = createDriveModel()
// A hundred folders: one with a million children is no Drive that anybody has.
for (let n = 0; n < 100; n++) model.addSyntheticFiles(model.addFolder(`folder ${n}`).id, count / 100)
const practice = await startPracticeGoogle({ tls, model })
const { id, secret } = practice.client
await writeFile(join(home, 'ca.pem'), tls.ca)
await writeFile(join(home, 'practice.json'), JSON.stringify({ endpoints: { google: practice.endpoints }, ca: tls.ca }))
await writeFile(
  join(home, 'holdall.yaml'),
  `archive: ./archive
accounts:
  google: { provider: google, client: { id: ${JSON.stringify(id)}, secret: ${JSON.stringify(secret)} }, sources: [drive] }
tokens: file
`,
)
process.on('message', () => {
  const lists = practice.requests.filter(
    ({ host, status, path }) => host === 'www.googleapis.com' && status === 200 && path.includes('/drive/'),
  )
  const { origin } = new URL(practice.endpoints.drive)
  process.send!({
    addresses: lists.map(({ path, query }) => `${origin}${path}?${new URLSearchParams(query)}`),
    token: practice.issueTokens(['https://www.googleapis.com/auth/drive.readonly']).accessToken,
  })
})
process.send!('ready')
