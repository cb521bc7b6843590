import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { makePlace, node, type Place, run, script } from './program.ts'

/** Each a text to wait for, and what is typed then; `^C` is Ctrl-C. */
type Steps = readonly (readonly [string, string])[]

/** Runs the program before a terminal of its own (python3's pty, 80 columns) and answers its questions in order. */
function converse(place: Place, argv: readonly string[], steps: Steps): Promise<{ status: number | null; said: string }> {
  const typing = `
import fcntl, json, os, pty, select, struct, sys, termios, time
steps = json.loads(sys.argv[1])
pid, fd = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', 40, 80, 0, 0))
said, at, until = b'', 0, time.time() + 20
while time.time() < until:
    if select.select([fd], [], [], 0.2)[0]:
        try:
            data = os.read(fd, 65536)
        except OSError:
            break
        if not data:
            break
        said += data
    if steps:
        found = said.find(steps[0][0].encode(), at)
        if found >= 0:
            want, answer = steps.pop(0)
            at = found + len(want.encode())
            os.write(fd, b'\\x03' if answer == '^C' else answer.encode() + b'\\r')
sys.stdout.buffer.write(said)
sys.stdout.flush()
if steps:
    os.kill(pid, 9)
    print('\\nnever asked:', steps[0])
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) & 255)
`
  const child = spawn('python3', ['-c', typing, JSON.stringify(steps), node, script, ...argv], {
    env: { ...place.env, TERM: 'xterm', PYTHONIOENCODING: 'utf-8' },
    cwd: place.folder,
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, said })))
}

async function emptyPlace(): Promise<Place> {
  const place = await makePlace()
  delete place.env.HOLDALL_CONFIG
  await mkdir(path.join(place.folder, 'work'))
  return { ...place, config: path.join(place.folder, 'holdall.yaml') }
}

const written = async (place: Place) => parse(await readFile(place.config, 'utf8')) as Record<string, unknown>
const secret = 'GOCSPX-abcdefghijklmnop'

test('English, without a profile: pages, wrong pastes and all; the file that it writes is read', {
  timeout: 60_000,
}, async () => {
  const place = await emptyPlace()
  const { status, said } = await converse(
    place,
    ['init'],
    [
      ['Number [1]: ', '1'],
      ['Number [1]: ', ''],
      ['[./archive]: ', ''],
      ['"1 3": ', '9'],
      ['"1 3": ', '1 2 4'],
      ['[1 2 3 4 5]: ', '1 2'],
      ['> ', ''],
      ['next page: ', ''],
      ['back: ', 'b'],
      ['next page: ', ''],
      ...Array.from({ length: 5 }, () => ['back: ', ''] as const),
      ['client id: ', secret],
      ['client id: ', '123-abc.apps.googleusercontent.com'],
      ['not shown): ', secret],
      ['[1 2]: ', '1'],
      ['Number [1]: ', '1'],
      ['> ', '11111111-2222-3333-4444-555555555555'],
      ['> ', 'http://dav.example.ac.jp/'],
      ['> ', 'https://dav.example.ac.jp/home/'],
      ['there: ', 'hanako'],
    ],
  )
  expect(status, said).toBe(0)
  expect(said).toContain('auth/gmail.readonly')
  expect(said).not.toContain('calendar-json.googleapis.com')
  expect(said).toContain('after seven days')
  expect(said).toContain('that is the client secret')
  expect(said).toContain('holdall connect webdav')
  // Typed once by mistake where it shows; the hidden question shows nothing.
  expect(said.split(secret)).toHaveLength(2)
  expect(await written(place)).toEqual({
    archive: './archive',
    language: 'en',
    accounts: {
      google: { provider: 'google', client: { id: '123-abc.apps.googleusercontent.com', secret }, sources: ['drive', 'gmail'] },
      microsoft: {
        provider: 'microsoft',
        tenant: 'organizations',
        client: { id: '11111111-2222-3333-4444-555555555555' },
        sources: ['onedrive'],
      },
      webdav: { provider: 'webdav', url: 'https://dav.example.ac.jp/home/', username: 'hanako' },
    },
  })
  const accounts = await run(place, ['accounts'])
  expect(accounts.status, accounts.stderr).toBe(0)
  const again = await run(place, ['init'])
  expect(again.status).toBe(2)
  expect(again.stderr).toContain('is there already')
})

test('Japanese, with the University of Tokyo’s profile', { timeout: 60_000 }, async () => {
  const place = await emptyPlace()
  const { status, said } = await converse(
    place,
    ['init'],
    [
      ['Number [1]: ', '２'],
      ['番号 [1]: ', '3'],
      ['[./archive]: ', ''],
      ['[1 2 3]: ', '3'],
      ['番号（例: 1 3） [1]: ', ''],
      ['> ', ''],
      ['次へ: ', ''],
      ...Array.from({ length: 3 }, () => ['戻る）: ', ''] as const),
      ['ください: ', 'AbCdEfGhIjKlMnOpQrStUv'],
    ],
  )
  expect(status, said).toBe(0)
  expect(said).toContain('東京大学')
  expect(said).toContain('http://127.0.0.1/callback')
  expect(said).toContain('次のコマンド')
  expect(await written(place)).toEqual({
    archive: './archive',
    profile: 'utokyo',
    language: 'ja',
    accounts: { zoom: { provider: 'zoom', client: { id: 'AbCdEfGhIjKlMnOpQrStUv' } } },
  })
})

test('a profile that brings the apps leaves nothing to register; its wider rights and addresses are shown', {
  timeout: 60_000,
}, async () => {
  const place = await emptyPlace()
  await writeFile(
    path.join(place.folder, 'org.yaml'),
    'name: Org\naccounts:\n  google: { client: { id: 1.apps.googleusercontent.com }, options: { contacts: { otherContacts: true } } }\n  webdav: { url: "https://dav.example.ac.jp/" }\n',
  )
  const { status, said } = await converse(
    place,
    ['init', '--lang', 'en'],
    [
      ['Number [1]: ', '4'],
      ['address: ', './org.yaml'],
      ['[./archive]: ', ''],
      ['[1 4]: ', ''],
      ['[1 2 3 4 5]: ', ''],
      ['there: ', 'hanako'],
    ],
  )
  expect(status, said).toBe(0)
  expect(said.replaceAll(/\s+/g, ' ')).toContain('contacts.other.readonly')
  expect(said).toContain('url: https://dav.example.ac.jp/')
  expect(said).toContain('nothing to register')
  expect(await written(place)).toEqual({
    archive: './archive',
    profile: './org.yaml',
    accounts: { google: { provider: 'google' }, webdav: { provider: 'webdav', username: 'hanako' } },
  })
})

test('Ctrl-C at a question ends with 130, and nothing is written', { timeout: 30_000 }, async () => {
  const place = await emptyPlace()
  const { status } = await converse(
    place,
    ['init'],
    [
      ['Number [1]: ', '1'],
      ['Number [1]: ', '^C'],
    ],
  )
  expect(status).toBe(130)
  expect(existsSync(place.config)).toBe(false)
})

test('answers from a file or from flags: no question; what is wrong is named, and nothing written', {
  timeout: 60_000,
}, async () => {
  const place = await emptyPlace()
  const nobody = await run(place, ['init'])
  expect(nobody.status).toBe(2)
  expect(nobody.stderr).toContain('nobody can answer here')

  const answers = path.join(place.folder, 'answers.yaml')
  const attempt = async (text: string, ...more: string[]) => {
    await writeFile(answers, text)
    return run(place, ['init', '--answers', 'answers.yaml', ...more])
  }
  const unknown = await attempt('archive: ./a\naccounts:\n  zoom: { clint: { id: x } }\n')
  expect(unknown.status).toBe(2)
  expect(unknown.stderr).toContain('answers.yaml:3:11: accounts.zoom.clint is no setting; did you mean "client"?')
  const wrong = await attempt(`accounts:\n  google: { client: { id: ${secret} } }\n`)
  expect(wrong.status).toBe(2)
  expect(wrong.stderr).toContain('that is the client secret')
  expect(wrong.stderr).not.toContain(secret)
  await writeFile(path.join(place.folder, 'taken'), 'a file')
  expect((await attempt('archive: ./taken\naccounts:\n  zoom: { client: { id: AbCdEfGhIjKlMnOpQrStUv } }\n')).status).toBe(5)
  expect(existsSync(place.config)).toBe(false)

  const good = await attempt(
    'archive: ./a\nlimits: { transfers: 3 }\naccounts:\n  mine:\n    provider: google\n    client: { id: 1.apps.googleusercontent.com }\n    sources: [drive]\n    options: { drive: { trash: true } }\n',
    '--account',
    'zoom:recordings',
    '--client-id',
    'zoom=AbCdEfGhIjKlMnOpQrStUv',
    '--profile',
    'utokyo',
  )
  expect(good.status, good.stderr).toBe(0)
  expect(await written(place)).toMatchObject({
    archive: './a',
    profile: 'utokyo',
    limits: { transfers: 3 },
    accounts: { mine: { sources: ['drive'], options: { drive: { trash: true } } }, zoom: { sources: ['recordings'] } },
  })
})

test('a folder that a cloud client seems to sync is doubted at once, and another one can be named', {
  timeout: 30_000,
}, async () => {
  const place = await emptyPlace()
  const { status, said } = await converse(
    place,
    ['init', '--lang', 'ja'],
    [
      ['番号 [1]: ', '1'],
      ['[./archive]: ', './OneDrive - Org/archive'],
      ['[y/N] ', ''],
      ['[./archive]: ', './holdall.folder'],
      ['番号（例: 1 3）: ', '3'],
      ['番号（例: 1 3） [1]: ', ''],
      ['> ', 'AbCdEfGhIjKlMnOpQrStUv'],
    ],
  )
  expect(status, said).toBe(0)
  expect(said.replaceAll(/\s+/g, '')).toContain('OneDriveの同期フォルダー')
  expect(await written(place)).toMatchObject({ archive: './holdall.folder' })
})

test('flags that name nothing are refused, in the language asked for', { timeout: 30_000 }, async () => {
  const place = await emptyPlace()
  const nope = await run(place, ['init', '--account', 'gogle'])
  expect(nope.status).toBe(2)
  expect(nope.stderr).toContain('the providers are: google, microsoft, zoom, webdav')
  const lost = await run(place, ['init', '--lang', 'ja', '--account', 'google', '--client-id', 'zoom=x'])
  expect(lost.status).toBe(2)
  expect(lost.stderr).toContain('--account zoom を加えてください')
  expect((await run(place, ['init', '--account', 'google', '--client-id', 'google'])).stderr).toContain('ACCOUNT=ID')
  expect(existsSync(place.config)).toBe(false)
})
