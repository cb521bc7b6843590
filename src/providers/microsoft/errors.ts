import { Failure, type FailureOptions } from '../../core/failure.ts'
import type { UnexportableReason } from '../../core/item.ts'
import type { HttpRequest, HttpResponseHead } from '../../core/transport.ts'
import { type GraphError, readError } from './error-body.ts'
import { restOf } from './growing-rest.ts'

/**
 * What an error answer of Microsoft Graph, or of the storage behind it, means: https://learn.microsoft.com/graph/errors and
 * https://learn.microsoft.com/graph/onenote-error-codes. undefined: the status code alone decides.
 *
 * A 503 that says when to come back is SharePoint's "Server Too Busy", a throttling like 429 and always with that header (the page on throttling in limits.ts):
 * everything slows down. One that does not say ("overloaded or down for maintenance") and a 504 (a server behind it did not answer) are faults that pass:
 * the one request is tried again, the others keep their pace.
 */
export function explain(response: HttpResponseHead, body: string, request: HttpRequest): Failure | undefined {
  return explainAt(Date.now(), response, body, request)
}

/** The same at a given time, in milliseconds since 1970. */
export function explainAt(now: number, response: HttpResponseHead, body: string, request: HttpRequest): Failure | undefined {
  const { status, headers } = response
  if (status < 400) return undefined
  const error = readError(body) ?? { codes: [], message: '' }
  if (headers['x-virus-infected'] !== undefined) return malware()
  const known = error.codes.find((code) => Object.hasOwn(table, code))
  const row = known === undefined ? undefined : table[known]
  if (typeof row === 'function' && status !== 429) return row(error, request)
  if (status === 429 || status === 509 || row === 'throttled' || (status === 503 && headers['retry-after'] !== undefined))
    return slowDown(now, response, request)
  if (status === 401) return refusedToken(error, response)
  if (notProvisioned(status, error)) return noDriveHere(error, request)
  if (status === 403) {
    const [code] = error.codes
    const said = code === undefined || !/^[\w.]{1,60}$/.test(code) ? '' : ` (${code})`
    return new Failure('forbidden', `Microsoft refused this${said}`, { hint: standsAgainst })
  }
  if (status === 404) return new Failure('gone', 'Microsoft says that it is not there, or not for this account')
  if (status === 410) return unlisted()
  return undefined
}

type Explain = (error: GraphError, request: HttpRequest) => Failure
type Row = 'throttled' | Explain

const fixed =
  (kind: ConstructorParameters<typeof Failure>[0], message: string, options: FailureOptions = {}): Explain =>
  () =>
    new Failure(kind, message, options)

interface Words {
  readonly message: string
  readonly hint: string
}

/**
 * About the own drive as a whole, unless the request named an item: that may lie in the drive of somebody who left and shared it, or be refused by itself, and
 * everything else can still be read.
 */
const ofDrive =
  (whole: Words, one: Words): Explain =>
  (_, { url }) => {
    const { message, hint } = namesItem(url) ? one : whole
    return new Failure('forbidden', message, { hint, ...(namesItem(url) ? {} : { stops: 'source' as const }) })
  }

const namesItem = (url: string): boolean => /\/items\//.test(new URL(url).pathname)

const noBytes = (reason: UnexportableReason, message: string, hint?: string): Row =>
  fixed('unexportable', message, { reason, ...(hint === undefined ? {} : { hint }) })

const malware = () =>
  new Failure('unexportable', 'Microsoft holds it back as malware', {
    reason: 'flagged-abusive',
    hint: 'if you trust it, download it by hand in the browser',
  })

const unlisted = () => new Failure('unlisted', 'Microsoft no longer takes the place in the listing where it stopped')

const standsAgainst =
  'the rights, a label that protects it, or a rule of your organisation (such as "view only" on this device) may stand against it'
const nothingMeanwhile = 'ask your administrator; nothing of it can be read meanwhile'

const noDriveHere = ofDrive(
  {
    message: 'this account has no OneDrive, or it was never opened',
    hint: 'open https://onedrive.live.com or https://www.office.com once in a browser; if there is none, leave this source out in holdall.yaml',
  },
  { message: 'the OneDrive that this lies in is not there', hint: 'its owner may have left: ask for a copy' },
)

const wholeSource = (message: string, hint: string): Row => fixed('forbidden', message, { hint, stops: 'source' })

const tooManyNotes = (most: string): Row =>
  wholeSource(
    `OneNote's interface gives nothing of a library with more than ${most}`,
    'move notebooks to another library, or save them from the OneNote program by hand',
  )

const missingRight = fixed('signin', 'the sign-in does not include the right to read this', {
  hint: 'run `holdall connect` for this account again and agree to everything that is asked',
  stops: 'source',
})
const busyNotes: Row = 'throttled'
const noDrive = wholeSource(
  'this account has no OneDrive yet, or it is suspended',
  'open https://www.office.com once in a browser; if that does not help, ask your administrator',
)

/** By code, in lower case; the innermost code that stands here decides. */
const table: Readonly<Record<string, Row>> = {
  activitylimitreached: 'throttled',
  applicationthrottled: 'throttled',
  toomanyrequests: 'throttled',
  malwaredetected: () => malware(),
  notallowed: ofDrive(
    { message: 'this OneDrive is locked or its licence has lapsed', hint: nothingMeanwhile },
    { message: 'Microsoft does not allow this (notallowed)', hint: standsAgainst },
  ),
  resourcelocked: ofDrive(
    { message: 'this OneDrive is locked', hint: nothingMeanwhile },
    {
      message: 'Microsoft says that this is locked',
      hint: 'close it where it is open, then run the same command again; where it lies in a OneDrive of somebody who left, ask for a copy',
    },
  ),
  resyncrequired: () => unlisted(),
  resyncchangesapplydifferences: () => unlisted(),
  resyncchangesuploaddifferences: () => unlisted(),
  resyncapplydifferences: () => unlisted(),
  resyncuploaddifferences: () => unlisted(),
  syncstatenotfound: () => unlisted(),
  syncstateinvalid: () => unlisted(),
  // https://learn.microsoft.com/graph/onenote-error-codes; 10001, 10002 and 19999 are left to their status: tried again for a while, then the item waits.
  20166: 'throttled',
  10003: busyNotes,
  10007: busyNotes,
  10014: busyNotes,
  10015: busyNotes,
  30103: busyNotes,
  10008: tooManyNotes('5,000 OneNote items'),
  10013: tooManyNotes('20,000 items'),
  10016: tooManyNotes('50,000 different permissions'),
  10004: noBytes(
    'password-protected',
    'this section is protected by a password',
    'take the password off in OneNote, then run the same command again',
  ),
  10006: fixed('forbidden', 'Microsoft says that this section is corrupt', {
    hint: 'open it in OneNote, which may mend it, or export it from there',
  }),
  20102: fixed('gone', 'Microsoft says that this page is not there any more'),
  20113: fixed('gone', 'Microsoft says that this is not there any more'),
  ...Object.fromEntries(['40001', '40002', '40003', '40004', '40005', '40006', '40007'].map((code) => [code, missingRight])),
  30104: noDrive,
  30105: noDrive,
  30106: noDrive,
  30108: noDrive,
}

/**
 * The request asks for too much too fast. `RateLimit-Reset` counts seconds too, and the later of the two holds (the page on throttling in limits.ts). Where
 * nothing is said for how long, as OneNote never does, a rest of the request's own kind grows from refusal to refusal; one that is longer than a request is
 * tried for ends the source for now.
 */
function slowDown(now: number, { status, headers }: HttpResponseHead, request: HttpRequest): Failure {
  const stated = [headers['retry-after'], headers['ratelimit-reset']].map((text) => momentOf(text, now))
  const known = stated.filter((at) => at !== undefined)
  const growing = known.length === 0 && status === 429 ? restOf(request)?.refused(now) : undefined
  const at = known.length > 0 ? Math.max(...known) : growing
  const long = growing !== undefined && growing - now > longestWait
  return new Failure('throttled', 'Microsoft asks for a slower pace', {
    ...(at !== undefined && { retryAfter: at }),
    ...(long && { stops: 'source', hint: 'run the same command again later, or with --wait' }),
  })
}

/** A request is tried for so long, milliseconds: `retryForMs` of the transport. */
const longestWait = 5 * 60_000

function momentOf(text: string | undefined, now: number): number | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const seconds = Number(text)
  if (Number.isFinite(seconds)) return seconds < 0 ? undefined : now + seconds * 1000
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : Math.max(at, now)
}

/** The transport has renewed the token once before this is asked, so a 401 that remains is final; one of personal accounts is a fault of theirs that passes. */
function refusedToken({ message }: GraphError, { headers }: HttpResponseHead): Failure {
  // https://github.com/rclone/rclone/blob/master/backend/onedrive/onedrive.go: "unable to initialize RPS"
  if (/unable to initialize rps/i.test(message))
    return new Failure('transient', 'Microsoft could not look at the sign-in just now')
  if (/insufficient_claims|[, ]claims=/i.test(headers['www-authenticate'] ?? '')) {
    return new Failure('signin', 'your organisation wants you to sign in to Microsoft again before it gives this', {
      hint: 'run `holdall connect` for this account again',
    })
  }
  return new Failure('signin', 'Microsoft no longer accepts the sign-in', {
    hint: 'run `holdall connect` for this account again',
  })
}

/** https://learn.microsoft.com/graph/api/drive-get: a drive is made when it is first opened. */
const notProvisioned = (status: number, { message }: GraphError): boolean =>
  [400, 403, 404].includes(status) &&
  /mysite not found|does not have a SPO license|unable to retrieve user'?s mysite/i.test(message)
