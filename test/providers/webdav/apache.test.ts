import { chmod, mkdir, mkdtemp, readdir, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { webdav } from '../../../src/providers/webdav/provider.ts'
import { type Apache, hasApache, startApache } from '../../apache.ts'
import { connect } from './connect.ts'
import { said } from './stub.ts'

const signal = new AbortController().signal
const stream = { id: 'files', title: 'Files' }

describe.skipIf(!hasApache())('a real Apache over TLS', () => {
  let folder: string
  let apache: Apache
  let at: ReturnType<typeof connect>
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdall-home-'))
    await chmod(folder, 0o755)
    const pem = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
      keyType: 'ec',
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
    })
    apache = await startApache({ auth: 'basic', folder, tls: { cert: pem.cert, key: pem.private } })
    at = connect(apache, { ca: pem.cert })
  })
  afterAll(async () => {
    await at?.close()
    await apache?.stop()
    await rm(folder, { recursive: true, force: true })
  })
  afterEach(async () => {
    for (const name of await readdir(folder, { encoding: 'buffer' })) {
      await rm(Buffer.concat([Buffer.from(`${folder}/`), name]), { recursive: true, force: true })
    }
  })
  const list = () => said(at.open().list(stream, undefined, { folderVersion: () => undefined }, signal))

  test('says who signed in', async () => {
    const { origin } = new URL(apache.url)
    expect(await webdav.identify(at.connection(), signal)).toMatchObject({ subject: `${apache.username}@${origin}` })
  })

  test('symbolic links are not among what Apache lists: nothing goes round, and nothing is listed twice', async () => {
    await mkdir(join(folder, 'loop', 'inner'), { recursive: true })
    await writeFile(join(folder, 'loop', 'inner', 'deep.txt'), 'deep')
    await symlink('.', join(folder, 'loop', 'self'))
    await symlink('../..', join(folder, 'loop', 'inner', 'up'))
    await symlink('missing', join(folder, 'broken'))
    const { ids, unread } = await list()
    expect({ ids: ids.sort(), unread }).toEqual({ ids: ['loop', 'loop/inner', 'loop/inner/deep.txt'], unread: [] })
  })

  test('names of bytes that are no UTF-8 keep their own ids and can be fetched', async () => {
    const name = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from('caf\u00e9.txt', 'latin1')])
    await writeFile(name, 'latin')
    await writeFile(join(folder, 'café.txt'), 'unicode')
    const { items } = await list()
    expect([...items.values()].map((item) => [item.id, item.name]).sort()).toEqual([
      ['caf%E9.txt', 'café.txt'],
      ['café.txt', 'café.txt'],
    ])
    const item = items.get('caf%E9.txt')!
    const content = await at.open().fetch(item, item.parts[0]!, { from: 0, signal })
    const chunks = []
    for await (const chunk of content.bytes) chunks.push(chunk)
    expect(Buffer.concat(chunks).toString()).toBe('latin')
  })

  test('a folder and a file that may not be read', async () => {
    await mkdir(join(folder, 'closed'), { mode: 0o700 })
    await writeFile(join(folder, 'closed', 'secret.txt'), 'x')
    await writeFile(join(folder, 'unreadable.txt'), 'x', { mode: 0o600 })
    await writeFile(join(folder, 'fine.txt'), 'x')
    const asRoot = process.getuid?.() === 0
    if (!asRoot) await chmod(join(folder, 'closed'), 0)
    if (!asRoot) await chmod(join(folder, 'unreadable.txt'), 0)
    const { ids, unread, items, error } = await list()
    expect({ ids: ids.sort(), error }).toEqual({ ids: ['closed', 'fine.txt', 'unreadable.txt'], error: undefined })
    expect(unread).toEqual([expect.stringMatching(/^closed: /)])
    const item = items.get('unreadable.txt')!
    await expect(at.open().fetch(item, item.parts[0]!, { from: 0, signal })).rejects.toMatchObject({ kind: 'forbidden' })
    await chmod(join(folder, 'closed'), 0o700)
  })

  test('beyond 4 GB the rest is found by its range', async () => {
    const path = join(folder, 'huge.bin')
    await writeFile(path, '')
    await truncate(path, 5_000_000_000)
    await utimes(path, 1e9, 1e9)
    const { items } = await list()
    const item = items.get('huge.bin')!
    expect(item.parts[0]!.size).toBe(5_000_000_000)
    const content = await at.open().fetch(item, item.parts[0]!, { from: 4_999_999_000, version: item.version, signal })
    let length = 0
    for await (const chunk of content.bytes) length += chunk.byteLength
    expect({ from: content.from, size: content.size, length }).toEqual({ from: 4_999_999_000, size: 5_000_000_000, length: 1000 })
  })
})
