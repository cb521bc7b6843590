import { Failure } from '../../../core/failure.ts'
import type { Item } from '../../../core/item.ts'
import type { Connection } from '../../../core/provider.ts'
import type { Content, Source } from '../../../core/source.ts'
import type { Addresses } from './addresses.ts'
import type { RecordingsApi } from './api.ts'
import { download } from './download.ts'
import { createMeetingJson } from './meeting-json.ts'
import type { RecordingSettings } from './settings.ts'
import type { WebPage } from './web-page.ts'

export interface FetchParts {
  readonly connection: Connection
  readonly api: RecordingsApi
  readonly addresses: Addresses
  readonly settings: RecordingSettings
}

/**
 * Recording files, and meeting.json. An address that a listing gave may have died meanwhile: what does not work with it is tried once more with what
 * Zoom says now, which also shows whether it is the sign-in that ended.
 */
export function createFetch(parts: FetchParts): Source['fetch'] {
  const { connection, addresses } = parts
  const meetingJson = createMeetingJson(parts)

  return async (item, part, options) => {
    options.signal.throwIfAborted()
    if (part.key === 'details') return meetingJson(item, options.signal)
    const known = addresses.known(item)
    if (known !== undefined) {
      const content = await attempt(known.url)
      if ('bytes' in content && agrees(content, part.size)) return content
      if ('bytes' in content) await content.bytes[Symbol.asyncIterator]().return?.()
    }
    const now = await addresses.ask(item, options.signal)
    if (now === undefined) throw vanished()
    const content = await attempt(now.url)
    if (!('bytes' in content)) throw content.failure ?? refused(item, content.page)
    // What remains is a count that is wrong, or a film that lacks its end: how long the answer is, and whether the film's boxes reach to its end, tell which.
    return agrees(content, now.size) ? content : { ...content, doubtful: { why: miscounts, size: now.size! } }

    /** What is no success but may become one with a newer address is handed back. */
    async function attempt(url: string): Promise<Content | Trouble> {
      try {
        const content = await download(connection, url, options)
        return typeof content === 'string' ? { page: content } : content
      } catch (error) {
        options.signal.throwIfAborted()
        if (!(error instanceof Failure)) throw error
        const failure = withoutAddress(error, url)
        if (failure.kind === 'gone') return { page: 'other', failure: notGiven(failure) }
        // A transcript's address now and then refuses a sign-in that is good: https://github.com/Jericho/ZoomNet/issues/348
        if (failure.kind === 'signin')
          return { page: 'other', failure: new Failure('signin', failure.message, { ...hintOf(failure), stops: 'item' }) }
        throw failure
      }
    }
  }
}

interface Trouble {
  readonly page: WebPage
  readonly failure?: Failure
}

/** What the storage sends is as long as Zoom announced, where both say so. */
const agrees = ({ size }: Content, announced: number | undefined): boolean =>
  size === undefined || announced === undefined || size === announced

/** https://github.com/lanec/zoom-batch-downloader/issues/18 */
const miscounts = 'Zoom now and then announces another size of a recording than its storage has'

const hintOf = ({ hint }: Failure) => (hint === undefined ? {} : { hint })

/** A download address may open a door by itself, so that its path is as little to be told as its query. */
function withoutAddress(failure: Failure, url: string): Failure {
  const { kind, message, reason, stops, retryAfter } = failure
  const { pathname } = new URL(url)
  if (!message.includes(pathname)) return failure
  return new Failure(kind, message.replaceAll(pathname, '/…'), {
    ...hintOf(failure),
    ...(reason !== undefined && { reason }),
    ...(retryAfter !== undefined && { retryAfter }),
    stops,
  })
}

const vanished = () => new Failure('gone', 'this recording is not at Zoom any more')

const notGiven = (cause: Failure) =>
  new Failure('corrupt', 'Zoom lists this recording and yet says that it is not there', {
    hint: 'run the same command again later; if it stays so, try it in a browser at https://zoom.us/recording',
    cause,
  })

function refused({ details }: Item, page: WebPage): Failure {
  if (page === 'passcode') {
    return new Failure('forbidden', 'Zoom asks for a passcode instead of giving the recording to its owner', {
      hint: 'take the passcode off this recording at https://zoom.us/recording (Share), then run the same command again',
    })
  }
  const which = typeof details.fileType === 'string' ? `the ${details.fileType} file` : 'the recording'
  if (page === 'error') {
    return new Failure('corrupt', `an error message came instead of ${which}, although the sign-in at Zoom is good`, {
      hint: 'run the same command again later; if it stays so, try it in a browser at https://zoom.us/recording',
    })
  }
  const what = page === 'sign-in' ? 'a page to sign in' : 'a web page'
  return new Failure('corrupt', `${what} came instead of ${which}, although the sign-in at Zoom is good`, {
    hint: 'if this network has a login page, open it in a browser first; else run the same command again later',
  })
}
