import { appendFileSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { createDriveModel } from '../../src/practice/google/model.ts'
import { createWebdavModel } from '../../src/practice/webdav/model.ts'
import { checkBag } from './archive-check.ts'
import { startCloud } from './cloud.ts'
import { run } from './program.ts'

vi.setConfig({ testTimeout: 120_000 })

const japanese = /[\u3041-\u30ff\u4e00-\u9fff]/
/** Three English words on end: names of things in these tests have two at most. */
const english = /[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}/
/** Lines that are Japanese and English at once; a command that is to be typed is neither. */
function mixed(text: string): string[] {
  return text.split('\n').filter((line) => japanese.test(line) && english.test(line.replace(/holdall [a-z]+( [a-z]+)?/g, '')))
}

async function people() {
  const drive = createDriveModel()
  drive.addFile('講義資料.txt', 'text')
  drive.addEditorFile('アンケート', 'form')
  const home = createWebdavModel()
  home.put('/研究室/書類.txt', 'paper')
  return startCloud({ drive, home })
}

test('a Japanese computer hears Japanese, from the first line to the report', async () => {
  const { place } = await people()
  const env = { LANG: 'ja_JP.UTF-8' }
  const nothing = await run(place, ['status'], { env })
  expect(nothing.stdout).toBe('まだ何も保存されていません。次のコマンド: holdall backup\n')
  const backup = await run(place, ['backup'], { env })
  expect(backup.status, backup.stderr).toBe(0)
  expect(backup.stdout).toContain('完了しました: 全 ')
  expect(backup.stdout).toMatch(/^取得元 +件数 +今回保存 +書き出し不可 +サイズ$/m)
  expect(backup.stdout).toMatch(/^書き出し不可 1 件: Google の API では、この種類のもの/m)
  expect(backup.stderr).toMatch(/^home\/files: 一覧を取得しました（ファイル、/m)
  const status = await run(place, ['status'], { env })
  expect(status.stdout).toMatch(/^前回の backup は \d+年\d+月\d+日 \d\d:\d\d UTC に始まり、終了コード 0 で終わりました。$/m)
  expect(status.stdout).toContain('未完了のものも失敗したものもありません。次のコマンド: holdall verify')
  const page = readFileSync(path.join(place.archive, 'report.html'), 'utf8')
  expect(page).toContain('<html lang="ja">')
  expect(page).toContain('1\u00a0件を除いて、完了しました。')
  const verify = await run(place, ['verify'], { env })
  expect(verify.stdout).toMatch(/^検証しました: .*保存したときのまま/)
  const refused = await run(place, ['verify', 'nowhere'], { env })
  expect(refused.stderr).toContain('エラー: このアーカイブに nowhere はありません\n')
  for (const { stdout, stderr } of [backup, status, verify, refused]) expect(mixed(stdout + stderr)).toEqual([])
  await checkBag(place.archive)
  // What programs read stays as it is.
  const json = await run(place, ['status', '--json'], { env })
  expect(json.stdout).not.toMatch(japanese)
})

test('--lang wins over the settings, the settings over the computer', async () => {
  const { place } = await people()
  const said = async (args: readonly string[], LANG: string) =>
    japanese.test((await run(place, [...args, 'status'], { env: { LANG } })).stdout) ? 'ja' : 'en'
  expect(await said(['--lang', 'ja'], 'en_US.UTF-8')).toBe('ja')
  expect(await said([], 'en_US.UTF-8')).toBe('en')
  expect(await said([], 'ja_JP.UTF-8')).toBe('ja')
  appendFileSync(place.config, '\nlanguage: ja\n')
  expect(await said([], 'en_US.UTF-8')).toBe('ja')
  expect(await said(['--lang', 'en'], 'ja_JP.UTF-8')).toBe('en')
  // Also what comes before anything else was read.
  const missing = await run(place, ['support', '--to', place.config], { env: { LANG: 'C' } })
  expect(missing.stderr).toContain('はすでにあります')
})

test('without a sign-in the account and the next step are named in Japanese', async () => {
  const cloud = await startCloud({ connect: false, accounts: ['google'] })
  const { status, stdout, stderr } = await run(cloud.place, ['backup', '--lang', 'ja'])
  expect(status).toBe(4)
  expect(stderr).toContain(
    'エラー: google/drive: google にサインインしていません\n  先にサインインしてください: holdall connect google',
  )
  expect(stdout).toContain('完了していません: サインインが必要です')
  expect(mixed(stdout + stderr)).toEqual([])
})

test('a line of both languages is found', () => {
  expect(mixed('警告: the disk is full\n失敗: google/drive/a b\n次のコマンド: holdall export mail\n')).toEqual([
    '警告: the disk is full',
  ])
})
