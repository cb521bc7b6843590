import { watch } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { fileStore } from '../../src/signin/file-store.ts'
import { type Keyring, keychainStore, keychainWorks } from '../../src/signin/keychain-store.ts'
import { memoryStore } from '../../src/signin/memory-store.ts'
import { openTokenStore } from '../../src/signin/open-token-store.ts'
import type { StoreNotice } from '../../src/signin/token-store.ts'
import { tokenStoreContract } from '../contracts/token-store.ts'
import { fakeKeyring } from './fake-keyring.ts'

const folders: string[] = []
const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'holdall-tokens-'))
  folders.push(folder)
  return join(folder, 'sign-ins')
}
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})
const clean = async () => undefined
const platform = process.platform
const quiet: StoreNotice = () => undefined
const noticed = () => {
  const notices: Parameters<StoreNotice>[0][] = []
  return { notices, notice: (notice: Parameters<StoreNotice>[0]) => void notices.push(notice) }
}

tokenStoreContract('memory', async () => ({ lasts: false, open: async () => memoryStore(), clean }))

tokenStoreContract('file', async () => {
  const folder = await newFolder()
  return { lasts: true, open: async () => fileStore({ folder, platform, notice: quiet }), clean }
})

tokenStoreContract('keychain (a stand-in for the keychain)', async () => {
  const folder = await newFolder()
  const { keyring } = fakeKeyring()
  return { lasts: true, open: async () => keychainStore({ keyring, folder, platform, notice: quiet }), clean }
})

for (const wanted of ['auto', 'keychain', 'file'] as const) {
  tokenStoreContract(`opened (tokens: ${wanted})`, async () => {
    const folder = await newFolder()
    const { keyring } = fakeKeyring()
    return {
      lasts: true,
      open: () => openTokenStore({ wanted, folder, platform, notice: quiet, keyring: async () => keyring }),
      clean,
    }
  })
}

const realKeyring = async (): Promise<Keyring | undefined> => {
  const { AsyncEntry } = await import('@napi-rs/keyring')
  return (await keychainWorks({ AsyncEntry }, 3000)) ? { AsyncEntry } : undefined
}
const real = await realKeyring().catch(() => undefined)
if (real === undefined) {
  console.warn("SKIPPED: the token store against this system's real keychain: there is none that answers")
  it.skip("the real keychain's token store: no keychain answers on this machine", () => undefined)
} else {
  tokenStoreContract('keychain (the real one)', async () => {
    const folder = await newFolder()
    return { lasts: true, open: async () => keychainStore({ keyring: real, folder, platform, notice: quiet }), clean }
  })
}

describe.skipIf(platform === 'win32')('files for sign-ins', () => {
  it('are readable by their owner only, whatever the umask', async () => {
    const folder = await newFolder()
    const before = process.umask(0)
    try {
      await fileStore({ folder, platform, notice: quiet }).set('home', 'value')
    } finally {
      process.umask(before)
    }
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    expect((await stat(join(folder, 'home.json'))).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).toEqual(['home.json'])
  })

  it('are mended where others could read them, and that is said', async () => {
    const folder = await newFolder()
    const { notices, notice } = noticed()
    const store = fileStore({ folder, platform, notice })
    await store.set('home', 'value')
    await chmod(join(folder, 'home.json'), 0o644)
    await chmod(folder, 0o755)
    expect(await store.get('home')).toBe('value')
    expect((await stat(join(folder, 'home.json'))).mode & 0o777).toBe(0o600)
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    expect(notices.map(({ level }) => level)).toEqual(['warning', 'warning'])
    await store.get('home')
    expect(notices.length).toBe(2)
  })

  it('are not read through a link, nor where a folder stands', async () => {
    const folder = await newFolder()
    const store = fileStore({ folder, platform, notice: quiet })
    await mkdir(folder, { mode: 0o700 })
    await writeFile(join(folder, 'elsewhere'), 'x', { mode: 0o600 })
    await symlink(join(folder, 'elsewhere'), join(folder, 'home.json'))
    await expect(store.get('home')).rejects.toMatchObject({ kind: 'settings' })
    await mkdir(join(folder, 'work.json'))
    await expect(store.get('work')).rejects.toMatchObject({ kind: 'settings' })
  })

  it('leave no drafts of a crash behind', async () => {
    const folder = await newFolder()
    const store = fileStore({ folder, platform, notice: quiet })
    await mkdir(folder, { mode: 0o700 })
    await writeFile(join(folder, '.home.json.0123456789ab.tmp'), 'canary', { mode: 0o600 })
    await writeFile(join(folder, '.home.json.ba9876543210.tmp'), 'of another process, now', { mode: 0o600 })
    await utimes(join(folder, '.home.json.0123456789ab.tmp'), new Date(0), new Date(0))
    await store.set('home', 'value')
    expect((await readdir(folder)).sort()).toEqual(['.home.json.ba9876543210.tmp', 'home.json'])
  })

  /** What a process leaves that dies between writing a draft and giving it its name. */
  const dieBeforeRename = async (folder: string, file: string, value: string, before: string | undefined) => {
    const elsewhere = await newFolder()
    const store = fileStore({ folder: elsewhere, platform, notice: quiet })
    await mkdir(elsewhere, { mode: 0o700 })
    if (before !== undefined) await store.set('home', before)
    const drafts: string[] = []
    const watcher = watch(elsewhere, (_, name) => {
      if (name?.endsWith('.tmp')) drafts.push(name)
    })
    await store.set('home', value)
    await vi.waitFor(() => expect(drafts.length).toBeGreaterThan(0))
    watcher.close()
    const name = drafts.at(-1)!.replace('.home.json.', `.${file}.`)
    await writeFile(join(folder, name), value, { mode: 0o600 })
    return join(folder, name)
  }

  it('are taken up where a process died before they got their name: the newest is what counts', async () => {
    const folder = await newFolder()
    const store = () => fileStore({ folder, platform, notice: quiet })
    await store().set('home', 'first')
    await dieBeforeRename(folder, 'home.json', 'second', 'first')
    expect(await store().get('home')).toBe('second')
    expect(await readdir(folder)).toEqual(['home.json'])
    expect(await store().get('home')).toBe('second')
    // Also the very first, and one upon another.
    await dieBeforeRename(folder, 'work.json', 'one', undefined)
    await dieBeforeRename(folder, 'work.json', 'two', 'one')
    expect(await store().get('work')).toBe('two')
    expect((await readdir(folder)).sort()).toEqual(['home.json', 'work.json'])
  })

  it('are not taken up where they are not whole, follow on another content, or the sign-in was ended', async () => {
    const folder = await newFolder()
    const store = fileStore({ folder, platform, notice: quiet })
    await store.set('home', 'first')
    const cut = await dieBeforeRename(folder, 'home.json', 'second', 'first')
    await writeFile(cut, 'secon', { mode: 0o600 })
    expect(await store.get('home')).toBe('first')
    await rm(cut)
    const late = await dieBeforeRename(folder, 'home.json', 'second', 'first')
    const future = new Date(Date.now() + 3_600_000)
    await utimes(late, future, future)
    await store.set('home', 'third')
    // Whatever its time says: something newer has come since.
    expect(await store.get('home')).toBe('third')
    await store.delete('home')
    await dieBeforeRename(folder, 'home.json', 'again', undefined)
    await store.delete('home')
    expect(await store.get('home')).toBeUndefined()
    expect(await readdir(folder)).toEqual([])
  })

  it('keep the old value where the new one cannot be written', async () => {
    const folder = await newFolder()
    const store = fileStore({ folder, platform, notice: quiet })
    await store.set('home', 'old')
    await rm(join(folder, 'home.json'))
    await mkdir(join(folder, 'home.json', 'full'), { recursive: true })
    await expect(store.set('home', 'new')).rejects.toThrow()
    expect(await readdir(folder)).toEqual(['home.json'])
  })
})

describe('the keychain store', () => {
  it('puts only a key into the keychain, pinned to the secret service, and nothing readable into the file', async () => {
    const folder = await newFolder()
    const fake = fakeKeyring()
    const store = keychainStore({ keyring: fake.keyring, folder, platform, notice: quiet })
    const value = `canary-${'x'.repeat(9000)}`
    await store.set('home', value)
    const [secret] = [...fake.entries.values()]
    expect(Buffer.from(secret ?? '', 'base64').length).toBe(32)
    expect(fake.constructed[0]?.options).toEqual({ linux: { store: 'secret-service' } })
    expect((await readFile(join(folder, 'home.sealed'))).toString('latin1')).not.toContain('canary')
    const first = await readFile(join(folder, 'home.sealed'))
    await store.set('home', value)
    expect((await readFile(join(folder, 'home.sealed'))).equals(first)).toBe(false) // never one nonce twice
    expect(fake.entries.size).toBe(1)
  })

  it('opens nothing that was changed, is of another account, or has lost its key', async () => {
    const folder = await newFolder()
    const fake = fakeKeyring()
    const { notices, notice } = noticed()
    const store = keychainStore({ keyring: fake.keyring, folder, platform, notice })
    await store.set('home', 'value')
    await store.set('work', 'other')
    const sealed = await readFile(join(folder, 'home.sealed'))
    const changed = Buffer.from(sealed)
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
    for (const bytes of [changed, sealed.subarray(0, 20), Buffer.alloc(0), await readFile(join(folder, 'work.sealed'))]) {
      await writeFile(join(folder, 'home.sealed'), bytes)
      expect(await store.get('home')).toBeUndefined()
    }
    await writeFile(join(folder, 'home.sealed'), sealed)
    expect(await store.get('home')).toBe('value')
    for (const name of fake.entries.keys()) fake.entries.set(name, [...fake.entries.values()][0] ?? '')
    await writeFile(join(folder, 'work.sealed'), sealed)
    expect(await store.get('work')).toBeUndefined() // the right key, but another account's file
    fake.entries.clear()
    expect(await store.get('home')).toBeUndefined()
    expect(notices.length).toBe(6)
    expect(notices[0]?.hint).toContain('holdall connect home')
    await store.set('home', 'anew')
    expect(await store.get('home')).toBe('anew')
  })

  it('takes up what a process sealed that died before it got its name', async () => {
    const folder = await newFolder()
    const fake = fakeKeyring()
    const store = keychainStore({ keyring: fake.keyring, folder, platform, notice: quiet })
    await store.set('home', 'first')
    const before = await readFile(join(folder, 'home.sealed'))
    const drafts: string[] = []
    const watcher = watch(folder, (_, name) => {
      if (name?.endsWith('.tmp')) drafts.push(name)
    })
    await store.set('home', 'second')
    await vi.waitFor(() => expect(drafts.length).toBeGreaterThan(0))
    watcher.close()
    await rename(join(folder, 'home.sealed'), join(folder, drafts[0]!))
    await writeFile(join(folder, 'home.sealed'), before, { mode: 0o600 })
    expect(await store.get('home')).toBe('second')
    expect(await readdir(folder)).toEqual(['home.sealed'])
  })

  it('does not wait for ever, and says what to do', async () => {
    const folder = await newFolder()
    const fake = fakeKeyring()
    const store = keychainStore({ keyring: fake.keyring, folder, platform, notice: quiet, patience: 30 })
    await store.set('home', 'value')
    for (const mode of ['hangs', 'throws'] as const) {
      fake.mode = mode
      await expect(store.get('home')).rejects.toMatchObject({ kind: 'signin', hint: expect.stringContaining('tokens: file') })
      await expect(store.set('home', 'canary-new')).rejects.toMatchObject({
        kind: 'signin',
        message: expect.not.stringContaining('canary'),
      })
    }
    fake.mode = 'works'
    expect(await store.get('home')).toBe('value')
  })
})

describe('choosing a store', () => {
  const choose = async (wanted: 'auto' | 'keychain' | 'file', mode: ReturnType<typeof fakeKeyring>['mode'] | 'missing') => {
    const folder = await newFolder()
    const fake = fakeKeyring()
    const { notices, notice } = noticed()
    const open = (now: typeof mode = mode, how: typeof wanted = wanted) => {
      if (now !== 'missing') fake.mode = now
      const keyring = () =>
        now === 'missing' ? Promise.reject(new Error('Cannot find native binding')) : Promise.resolve(fake.keyring)
      return openTokenStore({ wanted: how, folder, platform, notice, keyring, probeLimit: 30 })
    }
    return { folder, fake, notices, open }
  }

  it('takes the keychain where it works, and says once where the sign-in is', async () => {
    const { open, fake, folder, notices } = await choose('auto', 'works')
    const store = await open()
    await store.set('home', 'value')
    await store.set('home', 'value 2')
    expect(fake.entries.size).toBe(1)
    expect(await readdir(folder)).toEqual(['home.sealed'])
    expect(notices).toEqual([{ level: 'info', message: expect.stringContaining('keychain') }])
    const again = await open()
    await again.set('home', 'value 3')
    expect(notices.length).toBe(1)
  })

  it.each(['throws', 'hangs', 'forgets', 'missing'] as const)(
    'falls back to a file, aloud, where the keychain %s',
    async (mode) => {
      const { open, folder, notices } = await choose('auto', mode)
      const store = await open()
      await store.set('home', 'value')
      expect(await readdir(folder)).toEqual(['home.json'])
      expect(notices).toEqual([{ level: 'warning', message: expect.stringContaining(folder), hint: expect.any(String) }])
      expect(store.where).toContain('only you can read')
    },
  )

  it('refuses to fall back where the keychain was asked for by name', async () => {
    const { open } = await choose('keychain', 'throws')
    await expect(open()).rejects.toMatchObject({ kind: 'settings', hint: expect.stringContaining('tokens: auto') })
  })

  it('says that the sign-in is in a keychain that does not answer here', async () => {
    const { open } = await choose('auto', 'works')
    await (await open()).set('home', 'value')
    const remote = await open('throws')
    await expect(remote.get('home')).rejects.toMatchObject({
      kind: 'signin',
      hint: expect.stringContaining('holdall connect home'),
    })
    await remote.set('home', 'newer')
    expect(await remote.get('home')).toBe('newer')
    expect(await (await open('works')).get('home')).toBe('newer') // not what the keychain still has
  })

  it('keeps a sign-in in one place only', async () => {
    const { open, fake, folder } = await choose('auto', 'works')
    await (await open()).set('home', 'in the keychain')
    const file = await open('works', 'file')
    await file.set('home', 'in a file')
    expect(fake.entries.size).toBe(0)
    expect(await readdir(folder)).toEqual(['home.json'])
    const keychain = await open('works', 'keychain')
    await keychain.set('home', 'back')
    expect(await readdir(folder)).toEqual(['home.sealed'])
    await keychain.delete('home')
    expect(fake.entries.size).toBe(0)
    expect(await readdir(folder)).toEqual([])
  })
})
