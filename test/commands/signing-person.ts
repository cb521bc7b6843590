import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { expect, onTestFinished } from 'vitest'
import { runProgram, type World } from '../../src/app/program.ts'
import type { Diagnosis } from '../../src/core/diagnosis.ts'
import { makeCertificate } from '../../src/practice/certificate.ts'

let certificate: ReturnType<typeof makeCertificate> | undefined

/** One for all practice clouds of a test file: making one takes a moment. */
export const tls = () => (certificate ??= makeCertificate())

export interface Said {
  out: string
  err: string
}

/** A person's computer with one account `mine`, beside a practice cloud that answers at `endpoints`. Ends with the test. */
export async function signingPerson(provider: string, endpoints: object, client: object) {
  const { ca } = await tls()
  const folder = await mkdtemp(join(tmpdir(), 'holdall-refusals-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const practice = join(folder, 'practice.json')
  await writeFile(practice, JSON.stringify({ endpoints: { [provider]: endpoints }, ca }))
  const config = join(folder, 'holdall.yaml')
  await writeFile(config, `accounts:\n  mine:\n    provider: ${provider}\n    client: ${JSON.stringify(client)}\ntokens: file\n`)

  const run = (...argv: readonly string[]) => {
    const person = new AbortController()
    const said: Said = { out: '', err: '' }
    const stdin = new PassThrough()
    const heard = (into: keyof Said) => {
      const stream = new PassThrough()
      stream.setEncoding('utf8').on('data', (text: string) => {
        said[into] += text
      })
      return stream as unknown as World['stdout']
    }
    const ended = runProgram({
      argv,
      locale: 'en',
      env: { HOLDALL_HOME: folder, HOLDALL_CONFIG: config, HOLDALL_PRACTICE: practice },
      cwd: folder,
      home: folder,
      host: 'here',
      platform: process.platform,
      pid: process.pid,
      profiles: folder,
      versions: process.versions,
      version: '0.1.0',
      stdin: stdin as unknown as World['stdin'],
      stdout: heard('out'),
      stderr: heard('err'),
      spawn,
      interrupt: AbortSignal.any([AbortSignal.timeout(12_000), person.signal]),
    })
    /** Ctrl-C. */
    return { said, ended, stdin, stop: () => person.abort() }
  }
  const finished = async (...argv: readonly string[]) => {
    const { ended, said } = run(...argv)
    return { status: await ended, ...said }
  }
  return { run, finished, folder }
}

export const closing = <T extends { close(): Promise<void> }>(cloud: T): T => {
  onTestFinished(() => cloud.close())
  return cloud
}

type Person = Awaited<ReturnType<typeof signingPerson>>

/** What `--explain` has to print of a diagnosis. */
export const expectExplained = (out: string, { meaning, remedy, letter, page }: Diagnosis, language: 'en' | 'ja' = 'en') => {
  for (const text of [meaning[language], remedy[language], page, letter?.[language] ?? '']) expect(out).toContain(text)
  expect(out).toContain(language === 'en' ? 'Subject: Signing in to' : '件名：')
}

/** A refusal that the program hears: one message, the hint, and the letter afterwards. */
export async function heard({ finished }: Person, diagnosis: Diagnosis) {
  const { status, err, out } = await finished('connect', 'mine')
  expect(status, err).toBe({ signin: 4, settings: 2, transient: 3 }[diagnosis.kind])
  expect(err.match(/error: /g)).toHaveLength(1)
  expect(err).toContain(diagnosis.meaning.en)
  expect(err).toContain('holdall connect mine --explain prints a text for your help desk')
  expect(out).toBe('')
  const explained = await finished('connect', 'mine', '--explain')
  expect(explained.status, explained.err).toBe(0)
  expectExplained(explained.out, diagnosis)
  const japanese = await finished('connect', 'mine', '--explain', '--lang', 'ja')
  expectExplained(japanese.out, diagnosis, 'ja')
  return { err, explained: explained.out }
}
