import { expect, test } from 'vitest'
import { movie } from '../../../src/practice/content/movie.ts'
import { ranged, wholeOf } from '../../../src/practice/content/ranged.ts'
import { type Body, type Started, start } from './start.ts'

const film = movie({ kind: 'video', seconds: 60, mediaBytes: 300_000, seed: 7 })
type File = Body & { download_url: string }

async function files({ answer }: Started, query = 'from=2024-06-01&to=2024-06-15'): Promise<File[]> {
  const { status, body } = await answer(`users/me/recordings?${query}`)
  expect(status).toBe(200)
  return (body.meetings as { recording_files: File[] }[]).flatMap((meeting) => meeting.recording_files)
}

function planted({ model }: Started, passcode?: string) {
  const meeting = model.addMeeting('Algebra', { start: Date.parse('2024-06-10T01:00:00Z'), passcode })
  return { meeting, file: model.addFile(meeting, 'shared-screen-with-speaker', film) }
}

const bearer = (started: Started) => ({ headers: { authorization: `Bearer ${started.token()}` } })

async function located(started: Started): Promise<string> {
  const [file] = await files(started)
  const response = await started.get(file?.download_url ?? '', bearer(started))
  expect(response.status).toBe(302)
  return response.headers.get('location') ?? ''
}

test('listed, redirected with the bearer, fetched without it: the bytes are the recording', async () => {
  await using started = await start()
  planted(started)
  const [listed] = await files(started)
  expect(listed).toMatchObject({ file_type: 'MP4', file_extension: 'MP4', file_size: film.size, status: 'completed' })
  expect(listed?.download_url.startsWith(`${started.zoom.endpoints.download}rec/download/`)).toBe(true)
  const address = await located(started)
  expect(address.startsWith(started.zoom.storage)).toBe(true)
  expect(address).toMatch(/cmr\/replay\/2024\/06\/10\/.*Policy=.*Signature=.*Key-Pair-Id=/)
  const whole = await started.get(address)
  expect(whole.headers.get('content-type')).toBe('video/mp4')
  expect(Buffer.from(await whole.arrayBuffer()).equals(wholeOf(film))).toBe(true)
  expect(started.zoom.violations).toEqual([])
  expect(started.zoom.errors).toEqual([])
})

test('a bearer at the storage host is refused and written down, any other authorisation too', async () => {
  await using started = await start()
  planted(started)
  const address = await located(started)
  expect((await started.get(address, bearer(started))).status).toBe(400)
  expect(started.zoom.violations).toEqual([expect.stringContaining('ssrweb.zoom.us: got a bearer token')])
  expect((await started.get(address, { headers: { authorization: 'Basic eDp5' } })).status).toBe(400)
  expect(started.zoom.violations).toHaveLength(2)
})

test('ranges at the storage host: a part, with If-Range of the same and of another version, beyond the end, and when ignored', async () => {
  await using started = await start()
  planted(started)
  const address = await located(started)
  const part = await started.get(address, { headers: { range: 'bytes=1000-' } })
  expect(part.status).toBe(206)
  expect(part.headers.get('content-range')).toBe(`bytes 1000-${film.size - 1}/${film.size}`)
  expect(Buffer.from(await part.arrayBuffer()).equals(wholeOf(film).subarray(1000))).toBe(true)
  const etag = part.headers.get('etag') ?? ''
  expect((await started.get(address, { headers: { range: 'bytes=5-9', 'if-range': etag } })).headers.get('content-length')).toBe(
    '5',
  )
  expect((await started.get(address, { headers: { range: 'bytes=5-9', 'if-range': '"other"' } })).status).toBe(200)
  expect((await started.get(address, { headers: { range: `bytes=${film.size}-` } })).status).toBe(416)
  started.zoom.settings.ranges = false
  const ignored = await started.get(address, { headers: { range: 'bytes=1000-' } })
  expect(ignored.status).toBe(200)
  expect(ignored.headers.get('accept-ranges')).toBeNull()
})

test('a signed address ends after its time, and when its signature stands at another path', async () => {
  await using started = await start()
  planted(started)
  const address = await located(started)
  expect((await started.get(address.replace('/cmr/replay/', '/cmr/replay/x'))).status).toBe(403)
  started.advance(3_599_000)
  expect((await started.get(address, { method: 'HEAD' })).status).toBe(200)
  started.advance(1000)
  const late = await started.get(address)
  expect(late.status).toBe(403)
  expect(await late.text()).toContain('AccessDenied')
})

test.each([
  ['no token', undefined, 'Sign In | Zoom', undefined],
  ['no token at a recording with a passcode', undefined, 'Password Required - Zoom', 'secret'],
  ['a wrong token', 'Bearer nonsense', 'Sign In | Zoom', undefined],
])('%s: a page with status 200 in place of the recording', async (_, authorization, title, passcode) => {
  await using started = await start()
  planted(started, passcode)
  const [file] = await files(started)
  const response = await started.get(file?.download_url ?? '', { headers: authorization === undefined ? {} : { authorization } })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/html;charset=utf-8')
  expect(await response.text()).toContain(`<title>${title}</title>`)
})

test('an expired token, a deleted file and one still processing: pages too', async () => {
  await using started = await start()
  const { meeting, file } = planted(started)
  const processing = started.model.addFile(meeting, 'audio', film, { status: 'processing' })
  const [listed, other] = await files(started)
  expect(other).toMatchObject({ status: 'processing', file_type: '', file_extension: '', file_size: 0, recording_end: '' })
  const title = async (url = '') => /<title>(.*)<\/title>/.exec(await (await started.get(url, bearer(started))).text())?.[1]
  expect(await title(other?.download_url)).toBe('Error - Zoom')
  processing.status = 'completed'
  expect((await started.get(other?.download_url ?? '', bearer(started))).status).toBe(302)
  started.model.removeFile(meeting.uuid, file.key)
  expect(await title(listed?.download_url)).toBe('Error - Zoom')
  started.advance(3_600_000)
  expect(await title(other?.download_url)).toBe('Sign In | Zoom')
})

test('the token in the address works as it once did, and is written down as a violation', async () => {
  await using started = await start()
  planted(started)
  const [file] = await files(started)
  expect((await started.get(`${file?.download_url}?access_token=${started.token()}`)).status).toBe(302)
  expect(started.zoom.violations).toEqual([expect.stringContaining('access_token in an address')])
  expect(JSON.stringify(started.zoom.requests)).not.toContain(started.token())
})

test('a token without a right to recordings gets no recording', async () => {
  await using started = await start()
  planted(started)
  const [file] = await files(started)
  const { accessToken } = started.zoom.issueTokens(['user:read:user'])
  expect((await started.get(file?.download_url ?? '', { headers: { authorization: `Bearer ${accessToken}` } })).status).toBe(200)
})

test('download_access_token opens the files of its meeting, for as long as its ttl, and no API call', async () => {
  await using started = await start()
  const { meeting } = planted(started)
  const other = started.model.addMeeting('Geometry', { start: meeting.start })
  const foreign = started.model.addFile(other, 'audio', film)
  const path = `meetings/${encodeURIComponent(encodeURIComponent(meeting.uuid))}/recordings`
  const { body } = await started.answer(`${path}?include_fields=download_access_token&ttl=60`)
  const headers = { authorization: `Bearer ${body.download_access_token}` }
  const [file] = body.recording_files as File[]
  const status = async (url = '') => (await started.get(url, { headers })).status
  expect(await status(file?.download_url)).toBe(302)
  expect(await status(`${started.zoom.endpoints.download}rec/download/${foreign.token}`)).toBe(200)
  expect(await status(`${started.zoom.endpoints.api}users/me`)).toBe(401)
  started.advance(60_000)
  expect(await status(file?.download_url)).toBe(200)
})

test('faults: shorter and longer than announced, cut off, a page instead, a range ignored', async () => {
  await using started = await start()
  planted(started)
  const match = { host: 'ssrweb.zoom.us' }
  const fetched = async (headers: Record<string, string> = {}) => {
    const response = await started.get(await located(started), { headers })
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      bytes: (await response.arrayBuffer()).byteLength,
    }
  }
  started.zoom.addFault({ match, do: { lengthChange: -10 } })
  expect((await fetched()).bytes).toBe(film.size - 10)
  started.zoom.addFault({ match, do: { lengthChange: 10 } })
  expect((await fetched()).bytes).toBe(film.size + 10)
  started.zoom.addFault({ match, do: { cutAfter: 1000 } })
  await expect(fetched()).rejects.toThrow()
  started.zoom.addFault({ match, do: { ignoreRange: true } })
  expect((await fetched({ range: 'bytes=10-' })).status).toBe(200)
  started.zoom.addFault({ match, do: { htmlPage: true } })
  expect(await fetched()).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' })
  started.zoom.addFault({ match, do: { status: 503 } })
  expect((await fetched()).status).toBe(503)
})

test('a size in the listing may be another than the file has', async () => {
  await using started = await start()
  const meeting = started.model.addMeeting('Chat', { start: Date.parse('2024-06-10T01:00:00Z') })
  started.model.addFile(meeting, 'chat', ranged(Buffer.from('12:00 hello\r\n')), { announcedSize: 99 })
  const [file] = await files(started)
  expect(file).toMatchObject({ file_type: 'CHAT', file_extension: 'TXT', file_size: 99 })
  expect(await (await started.get(await located(started))).text()).toBe('12:00 hello\r\n')
})
