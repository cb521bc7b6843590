import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openDraft } from '../../src/archive/draft.ts'
import { generated } from '../../src/practice/content/generated.ts'

/** Bytes that one write takes at most; undefined: all of them. */
const atMost = vi.hoisted(() => ({ bytes: undefined as number | undefined }))

/** A disk that takes a part of what it is given, as one does that is nearly full. */
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  const less = (length: number) => Math.min(length, atMost.bytes ?? length)
  const write = (fd: number, buffer: Uint8Array, offset: number, length: number, position: number, done: () => void) =>
    fs.write(fd, buffer, offset, less(length), position, done)
  const writeSync = (fd: number, buffer: Uint8Array, offset: number, length: number, position: number) =>
    fs.writeSync(fd, buffer, offset, less(length), position)
  // As Node's own: https://nodejs.org/docs/latest-v24.x/api/fs.html#fswritefd-buffer-offset-length-position-callback
  Object.defineProperty(write, promisify.custom, {
    value: (...[fd, buffer, offset, length, position]: Parameters<typeof write>) =>
      new Promise((resolve) => {
        fs.write(fd, buffer, offset, less(length), position, (_, bytesWritten) => resolve({ bytesWritten, buffer }))
      }),
  })
  return { ...fs, write, writeSync, default: fs }
})

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'holdall-draft-'))
})
afterEach(async () => {
  atMost.bytes = undefined
  await rm(folder, { recursive: true, force: true })
})

const size = 700_001
const bytes = generated(size, 7).bytes()
const sha256 = createHash('sha256').update(bytes).digest('hex')

test('bytes kept from an earlier run are gone on with, and hashed', async () => {
  const file = path.join(folder, 'draft')
  // Beyond what was noted stands what was not made durable.
  await writeFile(file, Buffer.concat([bytes.subarray(0, 400_000), Buffer.from('torn')]))
  const draft = await openDraft(file, 400_000, 'md5')
  expect(draft.length).toBe(400_000)
  await draft.append(bytes.subarray(400_000))
  const proof = await draft.finish({ size })
  await draft.close()
  expect(proof).toMatchObject({ bytes: size, sha256 })
  expect(Buffer.compare(await readFile(file), bytes)).toBe(0)
})

test('a draft shorter than what was noted starts again', async () => {
  const file = path.join(folder, 'draft')
  await writeFile(file, bytes.subarray(0, 1000))
  const draft = await openDraft(file, 400_000, undefined)
  expect(draft.length).toBe(0)
  await draft.append(bytes)
  expect(await draft.finish({ size })).toMatchObject({ bytes: size, sha256 })
  await draft.close()
  expect(Buffer.compare(await readFile(file), bytes)).toBe(0)
})

test('what a write leaves over is written too', async () => {
  atMost.bytes = 10_007
  const file = path.join(folder, 'draft')
  const draft = await openDraft(file, 0, undefined)
  await draft.append(bytes)
  expect(await draft.finish({ size })).toMatchObject({ bytes: size, sha256 })
  await draft.close()
  expect(Buffer.compare(await readFile(file), bytes)).toBe(0)
})

const buffer = 256 * 1024
test.each([0, 1, buffer - 1, buffer, buffer + 1, 2 * buffer, 2 * buffer + 1])(
  '%i bytes, in chunks of any size, are what was given',
  async (length) => {
    const whole = bytes.subarray(0, length)
    for (const chunk of [1000, 65_536, buffer, buffer + 1, length + 1]) {
      const file = path.join(folder, `${chunk}`)
      const draft = await openDraft(file, 0, 'md5')
      for (let at = 0; at < length; at += chunk) await draft.append(whole.subarray(at, at + chunk))
      expect(draft.length).toBe(length)
      const proof = await draft.finish({
        size: length,
        checksums: [{ algorithm: 'md5', value: createHash('md5').update(whole).digest('hex') }],
      })
      await draft.seal(undefined)
      await draft.close()
      expect(proof).toMatchObject({ bytes: length, sha256: createHash('sha256').update(whole).digest('hex') })
      expect(Buffer.compare(await readFile(file), whole)).toBe(0)
    }
  },
)

test.each([0, 1000, buffer, 600_000])('a checksum asked for after %i bytes covers all of them', async (before) => {
  const draft = await openDraft(path.join(folder, 'draft'), 0, 'md5')
  await draft.append(bytes.subarray(0, before))
  await draft.compute('sha1')
  await draft.append(bytes.subarray(before))
  const value = createHash('sha1').update(bytes).digest('hex')
  expect(await draft.finish({ checksums: [{ algorithm: 'sha1', value }] })).toMatchObject({
    bytes: size,
    sha256,
    checksum: { value },
  })
  const wrong = draft.finish({ checksums: [{ algorithm: 'sha1', value: `0${value.slice(1)}` }] })
  if (!value.startsWith('0')) await expect(wrong).rejects.toMatchObject({ kind: 'corrupt' })
  await draft.close()
})

test('a restart forgets everything, in every checksum', async () => {
  const file = path.join(folder, 'draft')
  const draft = await openDraft(file, 0, 'md5')
  await draft.append(bytes)
  await draft.checkpoint()
  await draft.append(bytes)
  await draft.restart()
  expect(draft.length).toBe(0)
  await draft.append(bytes)
  const md5 = createHash('md5').update(bytes).digest('hex')
  expect(await draft.finish({ size, checksums: [{ algorithm: 'md5', value: md5 }] })).toMatchObject({ bytes: size, sha256 })
  await draft.close()
  expect(Buffer.compare(await readFile(file), bytes)).toBe(0)
})
