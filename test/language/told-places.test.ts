import { expect, test } from 'vitest'
import { warnSyncedFolder } from '../../src/archive/synced-folders.ts'
import { tellInJapanese } from '../../src/language/tell.ts'
import { fileStore } from '../../src/signin/file-store.ts'

test.each([
  'its name',
  'the file .dropbox in it',
  'the variable OneDrive',
  'the settings of OneDrive',
  '/home/a/.dropbox/info.json',
])('why a folder seems to be synced is told in one language: %s', (evidence) => {
  const found = { client: 'OneDrive', root: '/home/a/OneDrive', evidence, certainty: 'likely' } as const
  const told = tellInJapanese(warnSyncedFolder('/home/a/OneDrive/x', found))
  expect(told).toContain('/home/a/OneDrive/x は OneDrive の同期フォルダー')
  expect(told).not.toMatch(/its name|the file|the variable|the settings/)
})

test('so is where a sign-in is kept', () => {
  const { where } = fileStore({ folder: '/home/a/sign-ins', platform: 'linux', notice: () => undefined })
  expect(tellInJapanese(`this system's keychain does not answer: your sign-in is kept in ${where}`)).toBe(
    'このシステムのキーチェーンが応答しないため、サインイン情報はご自身だけが読めるファイル（フォルダー /home/a/sign-ins）に保存します',
  )
})

test('a Japanese sentence with a colon in it stays what it is', () => {
  const said = 'zoom のクライアント ID: Zoom のクライアント ID ではないようです'
  expect(tellInJapanese(said)).toBe(said)
  expect(tellInJapanese('its file was removed from the archive: data/日記.txt')).toBe(
    'アーカイブからファイルが削除されていました（場所: data/日記.txt）',
  )
})
