import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { makeCertificate } from '../../../../src/practice/certificate.ts'
import { readMail } from '../../../../src/practice/google/gmail/mail-content.ts'
import { createMailbox } from '../../../../src/practice/google/gmail/mailbox.ts'
import { createDriveModel } from '../../../../src/practice/google/model.ts'
import { startPracticeGoogle } from '../../../../src/practice/google/practice-google.ts'
import { mailScope } from './mail-harness.ts'

test('five messages of 50 MB at once stay under 200 MB', { timeout: 120_000 }, async () => {
  const { key, cert, ca } = await makeCertificate()
  const model = createDriveModel()
  const mailbox = createMailbox({ email: model.me.email })
  const contents = Array.from({ length: 5 }, (_, seed) => ({
    size: 50_000_000,
    seed,
    headers: `From: a@b.example\r\nSubject: big ${seed}`,
  }))
  const ids = contents.map((content) => mailbox.add(content).id)
  const practice = await startPracticeGoogle({ tls: { key, cert }, model, mailbox })
  try {
    const { accessToken: token } = practice.issueTokens([mailScope])
    const script = fileURLToPath(new URL('fetch-in-child.ts', import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, [
      script,
      JSON.stringify({ endpoints: practice.endpoints, token, ca, ids }),
    ])
    const { hashes, peakMegabytes, seconds } = JSON.parse(stdout) as { hashes: string[]; peakMegabytes: number; seconds: number }
    const expected = contents.map((content) => {
      const hash = createHash('sha256')
      for (const piece of readMail(content)) hash.update(piece)
      return hash.digest('hex')
    })
    console.log(`five messages of 50 MB: ${Math.round(peakMegabytes)} MB at most, ${seconds.toFixed(1)} s`)
    expect(hashes).toEqual(expected)
    expect(peakMegabytes).toBeLessThan(200)
  } finally {
    await practice.close()
  }
})
