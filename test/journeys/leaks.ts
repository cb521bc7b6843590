import { readdirSync, readFileSync } from 'node:fs'
import { get } from 'node:https'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect } from 'vitest'
import { type Cloud, login } from './cloud.ts'
import type { Ended } from './program.ts'

/** Everything that was said, and every file of a folder, as one text each by its place. */
export function everything(ended: readonly Ended[], ...folders: readonly string[]): Map<string, string> {
  const found = new Map<string, string>(
    ended.flatMap(({ stdout, stderr }, n) => [[`stdout ${n}`, stdout] as const, [`stderr ${n}`, stderr] as const]),
  )
  for (const folder of folders)
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) {
        const file = path.join(entry.parentPath, entry.name)
        const bytes = readFileSync(file)
        found.set(file, (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('latin1'))
      }
  return found
}

/** Tokens and codes of Google, signed addresses, bearers, JSON web tokens. */
const looksSecret =
  /ya29\.[\w-]{20}|1\/\/0[\w-]{20}|4(\/|%2F)0A[\w-]{20}|\b(sig|tempauth|Signature|Policy)=[\w-]{20}|[Bb]earer [\w-]{10}|eyJ[\w-]{12,}\.[\w-]{20}/

/** In each way in which a secret may stand in a text. */
const forms = (secret: string) => [
  secret,
  encodeURIComponent(secret),
  JSON.stringify(secret).slice(1, -1),
  Buffer.from(secret).toString('base64'),
  Buffer.from(`${login.username}:${secret}`).toString('base64'),
]

export function expectNone(texts: ReadonlyMap<string, string>, secrets: readonly string[]): void {
  const leaks = [...texts].flatMap(([where, text]) => {
    const known = secrets.filter((secret) => forms(secret).some((form) => text.includes(form)))
    const like = text.match(looksSecret)
    return [...known, ...(like === null ? [] : [like[0]])].map((leak) => `${where}: ${leak}`)
  })
  // Shown in full, thousands of addresses would keep the test busy for minutes.
  expect(leaks.slice(0, 20).map((leak) => leak.slice(0, 300))).toEqual([])
}

/** Where a page of a sign-in that agrees by itself leads back to. */
export function redirectionOf(address: string, { ca }: Cloud): Promise<string> {
  return new Promise((resolve, reject) => {
    get(address, { ca }, (answer) => {
      answer.resume()
      resolve(answer.headers.location ?? '')
    }).on('error', reject)
  })
}
