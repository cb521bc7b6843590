import { Failure } from '../../../core/failure.ts'
import { type Folder, titleOf } from './folder.ts'

/** So many folders one after another that could not be listed mean that the server is not well. */
export const failuresInARow = 10

/** The failure of one folder; throws what concerns more than it. */
export function stopping(error: unknown, folder: Folder): Failure {
  const failure = Failure.from(error)
  const wide = failure.stops !== 'item' && failure.stops !== 'stream'
  if (wide || failure.kind === 'throttled' || failure.kind === 'bug') throw failure
  if (folder.id === '') throw rootFailure(failure)
  return failure
}

/** Says what to check, because nothing at all can be backed up. */
export function rootFailure(failure: Failure): Failure {
  const { kind, message, hint, cause } = failure
  const wrong =
    'check the `url` of this account: it must be the WebDAV address of your own folder, as the server or its help page shows it'
  if (kind === 'gone')
    return new Failure('settings', `there is no folder at the url of this account: ${message}`, {
      hint: wrong,
      stops: 'account',
      cause,
    })
  if (kind === 'forbidden' || kind === 'transient') return failure
  return new Failure('unlisted', message, { hint: hint ?? wrong, stops: 'account', cause })
}

/** The failure as the one of this folder. */
export function named(failure: Failure, folder: Folder): Failure {
  const message =
    failure.kind === 'gone'
      ? `${folder.id}: the server lists this folder and yet says that it is not there`
      : failure.message.startsWith(folder.id)
        ? failure.message
        : `${folder.id}: ${failure.message}`
  const kind = failure.kind === 'gone' ? 'unlisted' : failure.kind
  return new Failure(kind, message, {
    ...(failure.hint === undefined ? {} : { hint: failure.hint }),
    ...(failure.retryAfter === undefined ? {} : { retryAfter: failure.retryAfter }),
    cause: failure,
  })
}

export function linkBack(folder: Folder, original: { readonly id: string }): Failure {
  return new Failure(
    'unlisted',
    `${folder.id}: looks like a link back to ${titleOf(original)}, which holds it; it was not read again`,
    {
      hint: 'remove the link at the server if it is one; if it is a folder of its own, change anything in it and run again',
    },
  )
}

export function notWell(failure: Failure): Failure {
  return new Failure('transient', `the server failed at ${failuresInARow} folders one after another: ${failure.message}`, {
    hint: 'run the same command again later; it goes on where it stopped',
    stops: 'source',
    cause: failure,
  })
}
