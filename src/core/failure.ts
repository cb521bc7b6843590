import type { Diagnosis, Refusal } from './diagnosis.ts'
import type { UnexportableReason } from './item.ts'
import type { Language, Localised } from './language.ts'

/** What went wrong, by what may be done about it. */
export type FailureKind =
  | 'transient' // the same request may succeed in a moment (5xx, a cut connection)
  | 'throttled' // too fast, or a quota is used up; `retryAfter` where the provider says when
  | 'offline' // nothing answers at all
  | 'signin' // the sign-in is missing, ended, or lacks a right
  | 'forbidden' // this account may not have this
  | 'corrupt' // bytes or answers that are not what they should be
  | 'changed' // the content changed while it was downloaded
  | 'gone' // not there any more
  | 'unexportable' // the provider gives no bytes of this item
  | 'unlisted' // a listing could not be believed or finished
  | 'disk' // the archive's disk refuses
  | 'settings' // wrong usage or configuration
  | 'bug' // none of the above

/** How far a failure reaches: what cannot go on because of it. */
export type Reach = 'item' | 'stream' | 'source' | 'account' | 'run'

/** What follows from a failure, in one table that everything asks. */
export interface Consequence {
  /** The transport may try the same request again, for a limited time. */
  readonly retry: boolean
  /** What stops when it remains. */
  readonly stops: Reach
  /** The exit status that it leads to. */
  readonly status: 1 | 2 | 3 | 4 | 5
}

export const consequences: Readonly<Record<FailureKind, Consequence>> = {
  transient: { retry: true, stops: 'item', status: 3 },
  throttled: { retry: true, stops: 'item', status: 3 },
  offline: { retry: true, stops: 'source', status: 3 },
  signin: { retry: false, stops: 'account', status: 4 },
  forbidden: { retry: false, stops: 'item', status: 3 },
  corrupt: { retry: true, stops: 'item', status: 3 },
  changed: { retry: true, stops: 'item', status: 3 },
  gone: { retry: false, stops: 'item', status: 3 },
  unexportable: { retry: false, stops: 'item', status: 3 },
  unlisted: { retry: false, stops: 'stream', status: 3 },
  disk: { retry: false, stops: 'run', status: 5 },
  settings: { retry: false, stops: 'run', status: 2 },
  bug: { retry: false, stops: 'item', status: 1 },
}

/** What a failure says, in one language. */
export interface Said {
  readonly message: string
  readonly hint?: string | undefined
}

export interface FailureOptions {
  /** What the person can do about it: one sentence, a command where there is one. */
  readonly hint?: string
  /** Wall-clock time in milliseconds since 1970 before which trying again is pointless. */
  readonly retryAfter?: number
  /** For kind `unexportable`. */
  readonly reason?: UnexportableReason
  /** A reach that differs from the table's (a daily cap stops the source, not the item). */
  readonly stops?: Reach
  readonly cause?: unknown
  /** Message and hint in every language, where whoever makes the Failure has them; `message` and `hint` are the English ones. */
  readonly said?: Localised<Said>
  /** The documented refusal of a sign-in that this is. */
  readonly diagnosis?: Diagnosis
  /** What the provider's server said when it refused a sign-in. */
  readonly refusal?: Refusal
}

/**
 * The one error class. `message` says what happened and to what; it never holds a token, a code, a password or a signed address:
 * whoever makes a Failure redacts.
 */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly kind: FailureKind
  readonly hint: string | undefined
  readonly retryAfter: number | undefined
  readonly reason: UnexportableReason | undefined
  readonly stops: Reach
  readonly diagnosis: Diagnosis | undefined
  readonly refusal: Refusal | undefined
  readonly #said: Localised<Said> | undefined

  constructor(kind: FailureKind, message: string, options: FailureOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.kind = kind
    this.hint = options.hint
    this.retryAfter = options.retryAfter
    this.reason = options.reason
    this.stops = options.stops ?? consequences[kind].stops
    this.diagnosis = options.diagnosis
    this.refusal = options.refusal
    this.#said = options.said
  }

  /** Message and hint in `language` where there are such, else as they are. */
  said(language: Language): Said {
    return this.#said?.[language] ?? { message: this.message, hint: this.hint }
  }

  /** The same failure with another message or hint in each language (what `change` makes of each), or another refusal. */
  rephrased(change: (said: Said, language: Language) => Said, refusal: Refusal | undefined = this.refusal): Failure {
    const said = { en: change(this.said('en'), 'en'), ja: change(this.said('ja'), 'ja') }
    return new Failure(this.kind, said.en.message, {
      ...(said.en.hint === undefined ? {} : { hint: said.en.hint }),
      ...(this.retryAfter === undefined ? {} : { retryAfter: this.retryAfter }),
      ...(this.reason === undefined ? {} : { reason: this.reason }),
      stops: this.stops,
      cause: this.cause,
      said,
      ...(this.diagnosis === undefined ? {} : { diagnosis: this.diagnosis }),
      ...(refusal === undefined ? {} : { refusal }),
    })
  }

  /** A failure whose sentences exist in every language. */
  static in(kind: FailureKind, said: Localised<Said>, options: Omit<FailureOptions, 'said' | 'hint'> = {}): Failure {
    const { message, hint } = said.en
    return new Failure(kind, message, { ...options, ...(hint === undefined ? {} : { hint }), said })
  }

  get consequence(): Consequence {
    return consequences[this.kind]
  }

  /** Any thrown value as a Failure; what is not one yet becomes a `disk` failure (file system codes) or a `bug`. */
  static from(error: unknown): Failure {
    if (error instanceof Failure) return error
    if (error instanceof Error) {
      const { code, path } = error as NodeJS.ErrnoException
      const disk = code === undefined ? undefined : diskMessages[code]
      if (disk !== undefined) {
        return new Failure('disk', path === undefined ? disk.message : `${disk.message}: ${path}`, {
          hint: disk.hint,
          cause: error,
        })
      }
      return new Failure('bug', `unexpected error: ${error.message}`, { cause: error })
    }
    return new Failure('bug', `unexpected error: ${String(error)}`)
  }
}

const free = 'free some space or choose another disk, then run the same command again; nothing that was saved is lost'
const plugged = 'see that the disk is still connected, then run the same command again'
const diskMessages: Readonly<Record<string, { message: string; hint: string }>> = {
  ENOSPC: { message: 'the disk is full', hint: free },
  EDQUOT: { message: 'your quota on that disk is used up', hint: free },
  EFBIG: { message: 'the file is too large for that file system', hint: 'choose a disk formatted as exFAT, NTFS, APFS or ext4' },
  EROFS: { message: 'the disk is read-only', hint: 'choose another folder' },
  EACCES: { message: 'no permission', hint: 'choose a folder that you may write to' },
  EPERM: { message: 'no permission', hint: 'choose a folder that you may write to' },
  EIO: { message: 'the disk reported an input/output error', hint: plugged },
  ENXIO: { message: 'the disk is no longer there', hint: plugged },
  ENODEV: { message: 'the disk is no longer there', hint: plugged },
  ESTALE: { message: 'the network folder is no longer there', hint: plugged },
  EMFILE: { message: 'too many open files', hint: 'lower limits.transfers in holdall.yaml' },
  ENOTDIR: { message: 'a file stands where a folder should be', hint: 'choose another folder for the archive' },
  ENAMETOOLONG: {
    message: 'the path is too long for that disk',
    hint: 'choose an archive folder nearer to the root of the disk',
  },
}
